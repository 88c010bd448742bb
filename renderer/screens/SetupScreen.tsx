import {
  Button,
  Group,
  PasswordInput,
  Progress,
  SegmentedControl,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { IconArrowLeft, IconBuildingCommunity, IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { foldLogin, loginForm } from '../../shared/domain/login.ts';
import { Notice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { PeopleList } from '../components/PeopleList.tsx';
import { useLanguage, useSpeech } from '../i18n/useSpeech.ts';
import { useStatus } from '../stores/status.ts';
import { useUi } from '../stores/ui.ts';
import { Preferences } from './Preferences.tsx';
import classes from './SetupScreen.module.css';

type Answers = {
  municipalityAr: string;
  municipalityEn: string;
  centreAr: string;
  centreEn: string;
  till: string;
  nameAr: string;
  nameEn: string;
  login: string;
  secret: string;
  secretAgain: string;
};

const noAnswers: Answers = {
  municipalityAr: '',
  municipalityEn: '',
  centreAr: '',
  centreEn: '',
  till: '',
  nameAr: '',
  nameEn: '',
  login: '',
  secret: '',
  secretAgain: '',
};

type Field = keyof Answers;
type Wrong = 'required' | 'tillInvalid' | 'loginInvalid' | 'secretsDiffer';
const stepNames = ['language', 'municipality', 'administrator'] as const;
const fieldsOf: Record<(typeof stepNames)[number], readonly Field[]> = {
  language: [],
  municipality: ['municipalityAr', 'centreAr', 'till'],
  administrator: ['nameAr', 'login', 'secret', 'secretAgain'],
};

/** What is wrong with an answer before it is sent; main checks everything again. */
function wrongWith(field: Field, answers: Answers): Wrong | null {
  const text = answers[field].trim();
  if (text === '') return 'required';
  if (field === 'till' && !/^[A-Za-z0-9]{2,6}$/.test(text)) return 'tillInvalid';
  if (field === 'login' && !loginForm.test(foldLogin(text))) return 'loginInvalid';
  if (field === 'secretAgain' && answers.secret !== answers.secretAgain) return 'secretsDiffer';
  return null;
}

/** First run: a few short steps, or a demonstration municipality to try. */
export function SetupScreen() {
  const { t, failure, named } = useSpeech();
  const language = useLanguage();
  const { setup, signIns, createTill, createDemonstration, leaveSetup } = useStatus();
  const chooseLanguage = useUi((state) => state.chooseLanguage);
  const [step, setStep] = useState(0);
  const [answers, setAnswers] = useState(noAnswers);
  const [wrong, setWrong] = useState<Partial<Record<Field, Wrong>>>({});
  const [isDemo, setIsDemo] = useState(false);
  const name = stepNames[step] ?? 'language';

  if (setup.demonstrationReady) {
    return (
      <Page
        brand={t('app.name')}
        footer={<Preferences />}
        aside={
          <PeopleList
            people={signIns}
            title={t('signIn.people')}
            hint={t('setup.demoReadyHint')}
            roleOf={(role) => t(`roles.${role}`)}
            pinOf={(pin) => t('signIn.pin', { pin })}
            nameOf={(person) => named({ ar: person.nameAr, en: person.nameEn })}
          />
        }
      >
        <Stack>
          <Title order={1} size="h2">
            {t('setup.demoReady')}
          </Title>
          <p className={classes.text}>{t('shell.demonstration')}</p>
          <Button size="lg" autoFocus onClick={leaveSetup} data-testid="setup-go-sign-in">
            {t('setup.goSignIn')}
          </Button>
        </Stack>
      </Page>
    );
  }

  if (setup.isWorking) {
    const { progress } = setup;
    const percent = progress === null || progress.total === 0 ? 0 : (100 * progress.done) / progress.total;
    return (
      <Page brand={t('app.name')}>
        <Stack role="status" data-testid="setup-progress">
          <Title order={1} size="h3">
            {isDemo ? t('setup.demoWorking') : t('setup.finishing')}
          </Title>
          <Progress
            value={isDemo ? percent : 100}
            animated
            striped={!isDemo}
            size="lg"
            aria-label={isDemo ? t('setup.demoWorking') : t('setup.finishing')}
          />
          {progress !== null && (
            <div className="tabular">
              {t('common.progress', {
                done: progress.done.toLocaleString('en'),
                total: progress.total.toLocaleString('en'),
              })}
            </div>
          )}
        </Stack>
      </Page>
    );
  }

  function input(field: Field, label: string, extra: { hint?: string; ltr?: boolean } = {}): ReactNode {
    const found = wrong[field];
    const common = {
      label,
      ...(extra.hint === undefined ? {} : { description: extra.hint }),
      value: answers[field],
      onChange: (event: { currentTarget: { value: string } }) => {
        const { value } = event.currentTarget;
        setAnswers((before) => ({ ...before, [field]: field === 'till' ? value.toUpperCase() : value }));
        setWrong((before) => ({ ...before, [field]: undefined }));
      },
      error: found === undefined ? null : found === 'required' ? t('common.required') : t(`setup.${found}`),
      autoComplete: 'off',
      autoFocus: fieldsOf[name][0] === field,
      ...(extra.ltr === true ? { dir: 'ltr' as const } : {}),
      'data-testid': `setup-${field}`,
    };
    if (field === 'secret' || field === 'secretAgain') {
      return (
        <PasswordInput
          {...common}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showSecret'), tabIndex: 0 }}
        />
      );
    }
    return <TextInput {...common} spellCheck={false} />;
  }

  function next(): void {
    const found: Partial<Record<Field, Wrong>> = {};
    for (const field of fieldsOf[name]) {
      const problem = wrongWith(field, answers);
      if (problem !== null) found[field] = problem;
    }
    setWrong(found);
    const [first] = Object.keys(found);
    if (first !== undefined) {
      document.querySelector<HTMLElement>(`[data-testid="setup-${first}"]`)?.focus();
      return;
    }
    if (name !== 'administrator') {
      setStep(step + 1);
      return;
    }
    setIsDemo(false);
    void createTill({
      municipality: { ar: answers.municipalityAr, en: answers.municipalityEn },
      centre: { ar: answers.centreAr, en: answers.centreEn },
      till: answers.till,
      language,
      administrator: {
        login: answers.login,
        nameAr: answers.nameAr,
        nameEn: answers.nameEn,
        secret: answers.secret,
      },
    });
  }

  return (
    <Page brand={t('app.name')} subtitle={t('setup.intro')} wide footer={<Preferences />}>
      <form
        noValidate
        key={name}
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <Stack gap="md">
          <div className={classes.step}>
            {t('setup.stepOf', { step: step + 1, total: stepNames.length })}
            <span className={classes.dots} aria-hidden="true">
              {stepNames.map((one, index) => (
                <i key={one} data-done={index <= step || undefined} />
              ))}
            </span>
          </div>
          <Title order={1} size="h2">
            {name === 'language' ? t('setup.welcome') : t(`setup.steps.${name}`)}
          </Title>
          {setup.failure !== null && <Notice kind="problem">{failure(setup.failure)}</Notice>}

          {name === 'language' && (
            <>
              <div>
                <div id="setup-language-label" className={classes.label}>
                  {t('setup.chooseLanguage')}
                </div>
                <SegmentedControl
                  size="lg"
                  fullWidth
                  value={language}
                  onChange={(value) => chooseLanguage(value === 'en' ? 'en' : 'ar')}
                  data={[
                    { value: 'ar', label: t('common.arabic') },
                    { value: 'en', label: t('common.english') },
                  ]}
                  aria-labelledby="setup-language-label"
                  data-testid="setup-language"
                />
                <p className={classes.text}>{t('setup.chooseLanguageHint')}</p>
              </div>
              <div className={classes.ways}>
                <button type="submit" className={classes.way} autoFocus data-testid="setup-begin">
                  <IconBuildingCommunity size="2rem" aria-hidden="true" />
                  <b>{t('setup.begin')}</b>
                  <span>{t('setup.beginHint')}</span>
                </button>
                <button
                  type="button"
                  className={classes.way}
                  data-demo
                  onClick={() => {
                    setIsDemo(true);
                    void createDemonstration({ language });
                  }}
                  data-testid="setup-demonstration"
                >
                  <IconSchool size="2rem" aria-hidden="true" />
                  <b>{t('setup.tryDemo')}</b>
                  <span>{t('setup.tryDemoHint')}</span>
                </button>
              </div>
            </>
          )}

          {name === 'municipality' && (
            <>
              <div className={classes.pair}>
                {input('municipalityAr', t('setup.municipality'), { hint: t('setup.municipalityHint') })}
                {input('municipalityEn', t('common.inEnglish'), { ltr: true, hint: '\u00a0' })}
                {input('centreAr', t('setup.centre'), { hint: t('setup.centreHint') })}
                {input('centreEn', t('common.inEnglish'), { ltr: true, hint: '\u00a0' })}
              </div>
              {input('till', t('setup.till'), { hint: t('setup.tillHint'), ltr: true })}
            </>
          )}

          {name === 'administrator' && (
            <>
              <div className={classes.pair}>
                {input('nameAr', t('setup.nameAr'))}
                {input('nameEn', t('setup.nameEn'), { ltr: true })}
              </div>
              {input('login', t('setup.login'), { hint: t('setup.loginHint'), ltr: true })}
              <div className={classes.pair}>
                {input('secret', t('setup.secret'), { hint: t('setup.secretHint'), ltr: true })}
                {input('secretAgain', t('setup.secretAgain'), { ltr: true, hint: '\u00a0' })}
              </div>
              <p className={classes.text}>{t('setup.keyNote')}</p>
            </>
          )}

          {name !== 'language' && (
            <Group justify="space-between">
              <Button
                variant="default"
                leftSection={<IconArrowLeft size="1.1rem" className={classes.arrow} aria-hidden="true" />}
                onClick={() => setStep(step - 1)}
                data-testid="setup-back"
              >
                {t('common.back')}
              </Button>
              <Button type="submit" size="md" data-testid="setup-next">
                {name === 'administrator' ? t('setup.finish') : t('common.next')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Page>
  );
}
