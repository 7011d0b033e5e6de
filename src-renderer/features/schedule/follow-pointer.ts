const THRESHOLD_PX = 5;
const EDGE_PX = 48;
const EDGE_SPEED_PX = 14;
/** A finger that rests this long takes up; one that moves earlier scrolls. */
const LONG_PRESS_MS = 400;
const FINGER_PX = 10;

interface Work {
  /** Called with the pointer's place from the moment that something is in the hand. */
  aim: (x: number, y: number) => void;
  /** Called once, when the pointer was let go (`drop`) or everything was given up; also if nothing was taken up. */
  end: (drop: boolean) => void;
}

/**
 * Follows a pointer from its first press until it is let go or given up (Esc). A mouse takes up by moving, a finger by
 * resting first. Near the edges of `scroller` the board scrolls along. Returns how to give up.
 */
export const followPointer = (
  first: PointerEvent,
  scroller: HTMLElement,
  { aim, end }: Work,
): (() => void) => {
  let [x, y] = [first.clientX, first.clientY];
  let inHand = false;
  let frame = 0;
  const byFinger = first.pointerType === 'touch';
  const controller = new AbortController();
  const { signal } = controller;

  const scrollAtEdges = (): void => {
    const [dx, dy] = pullAt(scroller.getBoundingClientRect(), x, y);
    if (dx !== 0 || dy !== 0) {
      scroller.scrollBy(dx, dy);
      aim(x, y);
    }
    frame = requestAnimationFrame(scrollAtEdges);
  };
  const takeUp = (): void => {
    inHand = true;
    document.documentElement.classList.add('is-dragging');
    frame = requestAnimationFrame(scrollAtEdges);
    aim(x, y);
  };
  const rest = byFinger ? setTimeout(takeUp, LONG_PRESS_MS) : undefined;
  const finish = (drop: boolean): void => {
    controller.abort();
    clearTimeout(rest);
    cancelAnimationFrame(frame);
    document.documentElement.classList.remove('is-dragging');
    end(drop && inHand);
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== first.pointerId) return;
    [x, y] = [event.clientX, event.clientY];
    if (inHand) {
      aim(x, y);
      return;
    }
    const distance = Math.hypot(x - first.clientX, y - first.clientY);
    if (byFinger && distance > FINGER_PX) finish(false);
    if (!byFinger && distance >= THRESHOLD_PX) takeUp();
  };
  const up = (event: PointerEvent): void => {
    if (event.pointerId === first.pointerId) finish(true);
  };
  const cancel = (event: PointerEvent): void => {
    if (event.pointerId === first.pointerId) finish(false);
  };
  const giveUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !inHand) return;
    event.preventDefault();
    event.stopPropagation();
    finish(false);
  };
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', up, { signal });
  window.addEventListener('pointercancel', cancel, { signal });
  window.addEventListener('keydown', giveUp, { signal, capture: true });
  return () => finish(false);
};

/** How far the board scrolls in a frame, by how near the pointer is to its edges. */
const pullAt = (box: DOMRect, x: number, y: number): [number, number] => {
  const pull = (at: number, low: number, high: number): number => {
    if (at < low + EDGE_PX) return -EDGE_SPEED_PX;
    return at > high - EDGE_PX ? EDGE_SPEED_PX : 0;
  };
  // The heads and the times stay where they are, so the pull begins at their inner edges.
  return [pull(x, box.left + EDGE_PX, box.right), pull(y, box.top + EDGE_PX, box.bottom)];
};
