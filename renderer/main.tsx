import './styles/mantine.css';
import './styles/fonts.css';
import './styles/global.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { loadFonts } from './face/fonts.ts';
import { pageNonce } from './face/nonce.ts';
import { startWords } from './i18n/index.ts';
import { followPaper } from './stores/counter.ts';
import { followSession, touchWhileBusy, useSession } from './stores/session.ts';
import { followStatus, useStatus } from './stores/status.ts';
import { useUi } from './stores/ui.ts';
import { cssVariables, theme } from './theme.ts';

// Mantine's and the scroll lock's style tags carry it.
const nonce = pageNonce();
setNonce(nonce);

followStatus();
followSession();
followPaper();
touchWhileBusy(window);
// Asked before anything is drawn: mostly the first picture is already that of the right screen.
const known = Promise.all([useStatus.getState().load(), useSession.getState().load()]);
await startWords(useUi.getState().language ?? 'ar');
await loadFonts([400, 500, 600].map((weight) => [weight, 'ا']));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <DirectionProvider initialDirection="rtl" detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <App known={known} />
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
);
// What only the counter shows, while a name and a PIN are typed.
requestIdleCallback(() => void loadFonts([400, 500, 600, 700].map((weight) => [weight, 'ا1₪'])));
