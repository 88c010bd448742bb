import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/** Deep green of an olive leaf in shade: the acts. */
const pine: MantineColorsTuple = [
  '#eaf5f0',
  '#d3e8de',
  '#a9d1bf',
  '#7cba9f',
  '#56a583',
  '#3c9070',
  '#23745a',
  '#185f48',
  '#114a38',
  '#0b3528',
];

/** Brass of a scale's weights: money being taken. */
const brass: MantineColorsTuple = [
  '#fff7e2',
  '#ffedc4',
  '#fbdc8f',
  '#f5c957',
  '#edb72f',
  '#dca31a',
  '#b07d0a',
  '#8a6005',
  '#694906',
  '#4b3405',
];

/** Fired clay: what is late. */
const clay: MantineColorsTuple = [
  '#fdf0eb',
  '#f9dccf',
  '#f0b59d',
  '#e78d6a',
  '#dd6b42',
  '#c9532a',
  '#a9421f',
  '#8d3416',
  '#6d2810',
  '#4e1b0a',
];

/** Mulberry: fines. */
const mulberry: MantineColorsTuple = [
  '#f8eef7',
  '#eed8ec',
  '#dbb0d7',
  '#c787c1',
  '#b265aa',
  '#9a4c93',
  '#823b7c',
  '#6c2f67',
  '#532350',
  '#3b1739',
];

const stone: MantineColorsTuple = [
  '#f2f5f3',
  '#e6ebe8',
  '#d2dad6',
  '#b6c2bc',
  '#93a29b',
  '#73847c',
  '#586860',
  '#435149',
  '#2e3a34',
  '#1c2521',
];

const dark: MantineColorsTuple = [
  '#dfe8e3',
  '#bccac3',
  '#a3b3ab',
  '#7f9189',
  '#485951',
  '#34433c',
  '#24302a',
  '#1a2420',
  '#131b18',
  '#0d1311',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { pine, brass, clay, mulberry, stone, gray: stone, dark, red: clay },
  black: '#15201b',
  fontFamily: "'IBM Plex Sans Arabic', 'Segoe UI', Tahoma, sans-serif",
  headings: { fontFamily: "'IBM Plex Sans Arabic', 'Segoe UI', Tahoma, sans-serif", fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '14px', xl: '22px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never',
  components: {
    ModalRoot: { defaultProps: { centered: true, transitionProps: { duration: 120 }, radius: 'lg' } },
    Button: { defaultProps: { fw: 600 } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true, withinPortal: false, zIndex: 400 } },
  },
});

/** The counter's own colours beside Mantine's, for both schemes: each pair of text and ground is AA or better. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--slab': '#0d3b2e',
    '--slab-raised': '#15503f',
    '--slab-line': '#2c6a57',
    '--slab-text': '#f3faf6',
    '--slab-soft': '#b5d3c6',
    '--slab-brass': '#f5c957',
    '--slab-clay': '#ffb599',
  },
  light: {
    '--ground': '#e9eeeb',
    '--card': '#ffffff',
    '--card-soft': '#f4f7f5',
    '--line': '#cfd8d3',
    '--line-strong': '#73847c',
    '--ink': '#15201b',
    '--ink-soft': '#4a5951',
    '--chrome': '#0d3b2e',
    '--chrome-text': '#f3faf6',
    '--chrome-soft': '#b5d3c6',
    '--focus': '#b3730a',
    '--ticked': '#e3f1ea',
    '--ticked-line': '#23745a',
    '--arrears': '#983817',
    '--arrears-ground': '#fdf0eb',
    '--fines': '#6c2f67',
    '--fines-ground': '#f8eef7',
    '--current': '#185f48',
    '--current-ground': '#eaf5f0',
    '--mantine-color-body': '#e9eeeb',
    '--mantine-color-dimmed': '#4a5951',
    '--mantine-color-placeholder': '#5d6d65',
    '--mantine-color-error': '#983817',
  },
  dark: {
    '--ground': '#101714',
    '--card': '#19221e',
    '--card-soft': '#202b26',
    '--line': '#33423b',
    '--line-strong': '#7f9189',
    '--ink': '#e6eeea',
    '--ink-soft': '#aebdb5',
    '--chrome': '#0a2a21',
    '--chrome-text': '#f3faf6',
    '--chrome-soft': '#a9c9bb',
    '--focus': '#f5c957',
    '--ticked': '#1d3b30',
    '--ticked-line': '#7cba9f',
    '--arrears': '#ffb599',
    '--arrears-ground': '#43231a',
    '--fines': '#e9b9e5',
    '--fines-ground': '#3d2240',
    '--current': '#9fd6bd',
    '--current-ground': '#1b3a2e',
    '--mantine-color-body': '#101714',
    '--mantine-color-text': '#e6eeea',
    '--mantine-color-dimmed': '#aebdb5',
    '--mantine-color-placeholder': '#94a59d',
    '--mantine-color-error': '#ffb599',
    '--mantine-color-anchor': '#9fd6bd',
    '--mantine-color-pine-text': '#9fd6bd',
    '--mantine-color-pine-outline': '#7cba9f',
    '--mantine-color-clay-outline': '#ffb599',
  },
});
