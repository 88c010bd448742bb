import { useDirection } from '@mantine/core';
import { useEffect, useLayoutEffect, useState } from 'react';
import { later } from './components/later.tsx';
import { forgetFace, isFaceShown, removeFace } from './face/face.ts';
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

/**
 * How long main may take to open its file before the window says that it is waiting, in ms: with nothing on the screen,
 * and with the face, on which a name and a PIN can be typed meanwhile.
 */
const patienceMs = { nothing: 400, face: 5_000 };

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

  const hasNothingToSignInTo = status !== null && status.phase !== 'ready';
  useLayoutEffect(() => {
    if (!isWaiting) removeFace();
    if (hasNothingToSignInTo) forgetFace();
  }, [isWaiting, hasNothingToSignInTo]);

  if (isWaiting) return null;
  if (status === null) return <BootScreen />;
  if (status.phase === 'fatal') return <FatalScreen status={status} />;
  if (status.phase === 'firstRun' || isShowingSignIns) return <setup.Part />;
  if (session.kind === 'none') return <SignInScreen />;
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

/** True until it is known how things stand, but not longer than a person takes for waiting. */
function useWait(known: Promise<unknown>): boolean {
  const [isWaiting, setIsWaiting] = useState(true);
  useEffect(() => {
    const stop = (): void => setIsWaiting(false);
    const timer = setTimeout(stop, isFaceShown() ? patienceMs.face : patienceMs.nothing);
    known.then(stop, stop);
    return () => clearTimeout(timer);
  }, [known]);
  return isWaiting;
}
