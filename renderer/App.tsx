import { useDirection } from '@mantine/core';
import { useEffect, useState } from 'react';
import { later } from './components/later.tsx';
import { useLanguage } from './i18n/useSpeech.ts';
import { speak } from './i18n/index.ts';
import { BootScreen } from './screens/BootScreen.tsx';
import { FatalScreen } from './screens/FatalScreen.tsx';
import { LockScreen } from './screens/LockScreen.tsx';
import { SignInScreen } from './screens/SignInScreen.tsx';
import { useSession } from './stores/session.ts';
import { useStatus } from './stores/status.ts';
import { useUi } from './stores/ui.ts';

/** All that is behind the sign-in. */
const shell = later(async () => (await import('./screens/Shell.tsx')).Shell);
const setup = later(async () => (await import('./screens/SetupScreen.tsx')).SetupScreen);

/** How long nothing is shown while main opens its file, in ms; after that the window says that it is waiting. */
const patienceMs = 400;

/** Which screen there is: what the till can do now decides, not where one clicked. */
export function App({ known }: { readonly known: Promise<unknown> }) {
  const isWaiting = useWait(known);
  const status = useStatus((state) => state.status);
  const isShowingSignIns = useStatus((state) => state.setup.demonstrationReady);
  const session = useSession((state) => state.session);
  const language = useLanguage();
  const textSize = useUi((state) => state.textSize);
  const { setDirection } = useDirection();

  useEffect(() => {
    speak(language);
    setDirection(language === 'ar' ? 'rtl' : 'ltr');
    document.documentElement.lang = language;
  }, [language, setDirection]);

  useEffect(() => {
    document.documentElement.dataset['textSize'] = textSize;
  }, [textSize]);

  // While a name and a PIN are typed.
  useEffect(() => {
    const idle = requestIdleCallback(shell.prepare, { timeout: 500 });
    return () => cancelIdleCallback(idle);
  }, []);

  if (isWaiting) return <SignIn isWaiting />;
  if (status === null) return <BootScreen />;
  if (status.phase === 'fatal') return <FatalScreen status={status} />;
  if (status.phase === 'firstRun' || isShowingSignIns) return <setup.Part />;
  if (session.kind === 'none') return <SignIn isWaiting={false} />;
  return (
    <>
      {/* What was typed is kept behind the lock, out of sight and out of reach. */}
      <div hidden={session.kind === 'locked'} inert={session.kind === 'locked'}>
        <shell.Part person={session.person} />
      </div>
      {session.kind === 'locked' && <LockScreen person={session.person} />}
    </>
  );
}

/**
 * What is most often needed first is made and laid out, out of sight, while main opens its file: when that is done only
 * its names are missing.
 */
function SignIn({ isWaiting }: { readonly isWaiting: boolean }) {
  return (
    <div className={isWaiting ? 'outOfSight' : undefined} inert={isWaiting}>
      <SignInScreen isWaiting={isWaiting} />
    </div>
  );
}

/** True until it is known how things stand, but not longer than a person takes for waiting. */
function useWait(known: Promise<unknown>): boolean {
  const [isWaiting, setIsWaiting] = useState(true);
  useEffect(() => {
    const stop = (): void => setIsWaiting(false);
    const timer = setTimeout(stop, patienceMs);
    known.then(stop, stop);
    return () => clearTimeout(timer);
  }, [known]);
  return isWaiting;
}
