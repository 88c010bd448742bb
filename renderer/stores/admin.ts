import { create } from 'zustand';
import type { Input, Settings, UserView } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type AdminStore = {
  readonly users: readonly UserView[] | null;
  readonly usersFailure: Failure | null;
  readonly isSavingUser: boolean;
  readonly settings: Settings | null;
  readonly settingsFailure: Failure | null;
  readonly isSavingSettings: boolean;
  readonly areSettingsSaved: boolean;
  loadUsers(): Promise<void>;
  createUser(input: Input<'users.create'>): Promise<boolean>;
  updateUser(input: Input<'users.update'>): Promise<boolean>;
  resetSecret(input: Input<'users.resetSecret'>): Promise<boolean>;
  clearUsersFailure(): void;
  loadSettings(): Promise<void>;
  saveSettings(settings: Settings): Promise<boolean>;
};

export const useAdmin = create<AdminStore>((set) => {
  async function saveUsers(act: () => Promise<readonly UserView[]>): Promise<boolean> {
    set({ isSavingUser: true, usersFailure: null });
    try {
      set({ users: await act(), isSavingUser: false });
      return true;
    } catch (cause) {
      set({ isSavingUser: false, usersFailure: failureOf(cause) });
      return false;
    }
  }
  return {
    users: null,
    usersFailure: null,
    isSavingUser: false,
    settings: null,
    settingsFailure: null,
    isSavingSettings: false,
    areSettingsSaved: false,
    loadUsers: async () => {
      await saveUsers(() => call('users.list', {}));
    },
    createUser: (input) => saveUsers(() => call('users.create', input)),
    updateUser: (input) => saveUsers(() => call('users.update', input)),
    resetSecret: (input) => saveUsers(() => call('users.resetSecret', input)),
    clearUsersFailure: () => set({ usersFailure: null }),
    loadSettings: async () => {
      set({ areSettingsSaved: false, settingsFailure: null });
      try {
        set({ settings: await call('settings.get', {}) });
      } catch (cause) {
        set({ settingsFailure: failureOf(cause) });
      }
    },
    saveSettings: async (settings) => {
      set({ isSavingSettings: true, areSettingsSaved: false, settingsFailure: null });
      try {
        set({
          settings: await call('settings.set', settings),
          isSavingSettings: false,
          areSettingsSaved: true,
        });
        return true;
      } catch (cause) {
        set({ isSavingSettings: false, settingsFailure: failureOf(cause) });
        return false;
      }
    },
  };
});
