import {
  ActionIcon,
  Button,
  CloseButton,
  createTheme,
  type MantineColorsTuple,
  Modal,
  SegmentedControl,
  Tooltip,
} from '@mantine/core';

/** The one accent: what can be done. White on shades 6 and darker passes 4.5 to 1. */
const accent: MantineColorsTuple = [
  '#eef4ff',
  '#dbe7fe',
  '#b9d0fd',
  '#8fb4fb',
  '#6698f5',
  '#447ded',
  '#2563d6',
  '#1d54bd',
  '#1a4699',
  '#163a7d',
];

/** Neutral greys for the dark theme, lighter to darker as Mantine counts them. */
const dark: MantineColorsTuple = [
  '#e6e9ed',
  '#c3cad3',
  '#a3adb9',
  '#7d8794',
  '#4b5561',
  '#333b45',
  '#262d35',
  '#1b2026',
  '#14181d',
  '#0e1115',
];

/** Sizes 12, 14, 16, 20; space in steps of 4; radius 6; shadows only on what floats. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Noto Sans', system-ui, sans-serif",
  headings: {
    fontFamily: "'Inter Variable', 'Noto Sans', system-ui, sans-serif",
    fontWeight: '650',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '6px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        // The page itself never scrolls, and the lock would bring a style element without a nonce.
        lockScroll: false,
        padding: 'lg',
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
    }),
    // A fade would leave both labels without contrast for its while.
    SegmentedControl: SegmentedControl.extend({ defaultProps: { transitionDuration: 0 } }),
    CloseButton: CloseButton.extend({ defaultProps: { size: 'md' } }),
    // What scrolls can be reached by Tab.
    SpotlightActionsList: { defaultProps: { viewportProps: { tabIndex: 0 } } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } }),
  },
});
