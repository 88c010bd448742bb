import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun, IconTextSize } from '@tabler/icons-react';
import { useLanguage, useSpeech } from '../i18n/useSpeech.ts';
import { useUi } from '../stores/ui.ts';

/** Language, light or dark, text size: within reach on every screen. */
export function Preferences({ color = 'gray' }: { readonly color?: string }) {
  const { t } = useSpeech();
  const language = useLanguage();
  const { chooseLanguage, nextTextSize, textSize } = useUi();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const buttons = [
    {
      id: 'language',
      label: language === 'ar' ? t('shell.toEnglish') : t('shell.toArabic'),
      lang: language === 'ar' ? 'en' : 'ar',
      icon: <IconLanguage size="1.25rem" aria-hidden="true" />,
      act: () => chooseLanguage(language === 'ar' ? 'en' : 'ar'),
    },
    {
      id: 'theme',
      label: scheme === 'light' ? t('shell.toDark') : t('shell.toLight'),
      lang: language,
      icon:
        scheme === 'light' ? (
          <IconMoon size="1.25rem" aria-hidden="true" />
        ) : (
          <IconSun size="1.25rem" aria-hidden="true" />
        ),
      act: () => setColorScheme(scheme === 'light' ? 'dark' : 'light'),
    },
    {
      id: 'text-size',
      label: t('shell.textSizeNow', { size: t(`shell.sizes.${textSize}`) }),
      lang: language,
      icon: <IconTextSize size="1.25rem" aria-hidden="true" />,
      act: nextTextSize,
    },
  ];
  return (
    <>
      {buttons.map(({ id, label, lang, icon, act }) => (
        <Tooltip key={id} label={label}>
          <ActionIcon
            variant="subtle"
            color={color}
            c="inherit"
            size="lg"
            aria-label={label}
            lang={lang}
            onClick={act}
            data-testid={`preference-${id}`}
          >
            {icon}
          </ActionIcon>
        </Tooltip>
      ))}
    </>
  );
}
