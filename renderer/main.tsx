import '@mantine/core/styles.layer.css';
import './styles/fonts.css';
import './styles/global.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startWords } from './i18n/index.ts';
import { followPaper } from './stores/counter.ts';
import { followSession, touchWhileBusy } from './stores/session.ts';
import { followStatus } from './stores/status.ts';
import { useUi } from './stores/ui.ts';
import { cssVariables, theme } from './theme.ts';

// The page's own nonce, new on each load: Mantine's and the scroll lock's style tags carry it.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

followStatus();
followSession();
followPaper();
touchWhileBusy(window);
await startWords(useUi.getState().language ?? 'ar');

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
        <App />
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
);
