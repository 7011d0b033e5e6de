/** As a `ref`: what a step of a dialog begins with, where the step before it has gone with the focus. */
export const focusOnArrival = (element: HTMLElement | null): void => element?.focus();
