import type { Role } from '../../shared/domain/roles.ts';
import { Dialog } from '../components/Dialog.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { useLanguage, useSpeech } from '../i18n/useSpeech.ts';
import { words } from '../i18n/index.ts';
import { useUi } from '../stores/ui.ts';
import classes from './GuideDialog.module.css';

const everywhere = [
  ['F1', 'guide'],
  ['F2', 'search'],
  ['Ctrl L', 'lock'],
  ['Ctrl 1 … 7', 'screens'],
  ['Ctrl P', 'papers'],
  ['↑ ↓', 'arrows'],
  ['Enter', 'enter'],
  ['Esc', 'escape'],
] as const;
const atTheTill = [
  ['Space', 'space'],
  ['F3', 'editRow'],
  ['F4', 'all'],
  ['F5', 'addAccount'],
  ['F6', 'amount'],
  ['F7', 'otherWay'],
  ['F8', 'exact'],
  ['F9', 'take'],
  ['F10', 'fee'],
  ['F11', 'changeHow'],
  ['F12', 'undo'],
  ['Ctrl B', 'leaf'],
  ['Ctrl D', 'drawer'],
  ['0 – 9', 'numpad'],
] as const;

/** One page for each role, with its keys. */
export function GuideDialog({ role }: { readonly role: Role }) {
  const { t } = useSpeech();
  const language = useLanguage();
  const { isGuideOpen, toggleGuide } = useUi();
  const page = words[language].guide[role];
  const takesMoney = role === 'cashier' || role === 'supervisor';
  const keys = takesMoney ? [...everywhere, ...atTheTill] : everywhere;
  return (
    <Dialog
      isOpen={isGuideOpen}
      title={t('guide.title', { role: t(`roles.${role}`) })}
      closeLabel={t('guide.close')}
      onClose={() => toggleGuide(false)}
      size="58rem"
      testId="guide"
    >
      <div className={classes.page}>
        <div>
          <h3 className={classes.heading}>{t('guide.steps')}</h3>
          <ol className={classes.steps}>
            {page.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <h3 className={classes.heading}>{t('guide.never')}</h3>
          <ul className={classes.steps}>
            {page.never.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className={classes.heading}>{t('guide.keys')}</h3>
          <dl className={classes.keys}>
            {keys.map(([key, name]) => (
              <div key={name}>
                <dt>
                  <KeyCap keys={key} />
                </dt>
                <dd>{t(`guide.keyNames.${name}`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Dialog>
  );
}
