/**
 * Every action of Anteroom, once, with its keys; an action without a key of its own has no combination and is done by
 * its button or the command palette. The help (`?`) is this list; a screen gives a key its work with `useKeys`.
 * `group` is the heading in the help and says when the key acts. A letter is the key of that letter on a Latin
 * or a Greek keyboard. Inside the board the arrows move from cell to cell and the board hears them first;
 * outside a cell ← and → turn the day.
 */
export const keys = {
  find: { combos: ['Ctrl+K'], group: 'everywhere', whileTyping: true },
  palette: { combos: ['Ctrl+J'], group: 'everywhere', whileTyping: true },
  help: { combos: ['?'], group: 'everywhere' },
  register: { combos: ['N'], group: 'everywhere' },
  walkIn: { combos: ['W'], group: 'everywhere' },
  nextFree: { combos: ['F'], group: 'everywhere' },
  waitingList: { combos: ['U'], group: 'everywhere' },
  print: { combos: ['Ctrl+P'], group: 'everywhere', whileTyping: true },
  undo: { combos: ['Ctrl+Z'], group: 'everywhere' },
  lock: { combos: ['Ctrl+L'], group: 'everywhere', whileTyping: true },
  switchPerson: { combos: [], group: 'everywhere' },
  goAccount: { combos: [], group: 'everywhere' },
  signOut: { combos: [], group: 'everywhere' },
  back: { combos: ['Escape'], group: 'everywhere' },
  goBoard: { combos: ['1'], group: 'everywhere' },
  goWaiting: { combos: ['2'], group: 'everywhere' },
  goPatients: { combos: ['3'], group: 'everywhere' },
  goDoctors: { combos: ['4'], group: 'everywhere' },
  goMoney: { combos: ['5'], group: 'everywhere' },
  goMessages: { combos: ['6'], group: 'everywhere' },
  goCalls: { combos: ['7'], group: 'everywhere' },
  goReports: { combos: ['8'], group: 'everywhere' },
  goInbox: { combos: ['9'], group: 'everywhere' },
  goSettings: { combos: ['0'], group: 'everywhere' },

  today: { combos: ['T'], group: 'day' },
  previousDay: { combos: ['ArrowLeft', 'Shift+ArrowLeft'], group: 'day' },
  nextDay: { combos: ['ArrowRight', 'Shift+ArrowRight'], group: 'day' },
  pickDay: { combos: ['G'], group: 'day' },
  dayOrWeek: { combos: ['V'], group: 'day' },
  doctorOrRoom: { combos: ['M'], group: 'day' },
  showEveryone: { combos: [], group: 'day' },
  showCancelled: { combos: ['H'], group: 'day' },
  zoomIn: { combos: ['+', '='], group: 'day' },
  zoomOut: { combos: ['-'], group: 'day' },
  closeDay: { combos: [], group: 'day' },
  enterBoard: { combos: ['ArrowDown', 'ArrowUp'], group: 'day' },

  open: { combos: ['Enter'], group: 'cell' },
  moveCell: { combos: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], group: 'cell' },
  cut: { combos: ['Ctrl+X'], group: 'cell' },
  put: { combos: ['Ctrl+V'], group: 'cell' },
  longer: { combos: ['Shift+ArrowDown'], group: 'cell' },
  shorter: { combos: ['Shift+ArrowUp'], group: 'cell' },

  checkIn: { combos: ['A'], group: 'appointment' },
  accept: { combos: ['A'], group: 'appointment' },
  ready: { combos: ['R'], group: 'appointment' },
  inRoom: { combos: ['I'], group: 'appointment' },
  complete: { combos: ['D'], group: 'appointment' },
  stepBack: { combos: ['B'], group: 'appointment' },
  left: { combos: ['L'], group: 'appointment' },
  cancel: { combos: ['C'], group: 'appointment' },
  decline: { combos: ['C'], group: 'appointment' },
  noShow: { combos: ['X'], group: 'appointment' },
  openPatient: { combos: ['O'], group: 'appointment' },
  openMessages: { combos: ['S'], group: 'appointment' },
  pay: { combos: ['P'], group: 'appointment' },
  changeFee: { combos: [], group: 'appointment' },
  prescribe: { combos: [], group: 'appointment' },
  confirm: { combos: ['Y'], group: 'appointment' },
  earlier: { combos: ['J'], group: 'appointment' },
  changeSeries: { combos: [], group: 'appointment' },
  resize: { combos: [], group: 'appointment' },

  editPatient: { combos: ['E'], group: 'patient' },
  mergePatient: { combos: ['M'], group: 'patient' },
  erasePatient: { combos: [], group: 'patient' },
  findDuplicates: { combos: ['D'], group: 'patient' },

  callNext: { combos: ['E'], group: 'lists' },
  callStart: { combos: ['C'], group: 'lists' },
  callReached: { combos: ['R'], group: 'lists' },
  callMessage: { combos: ['M'], group: 'lists' },
  callNoAnswer: { combos: ['X'], group: 'lists' },
  callDrop: { combos: [], group: 'lists' },
  addRecall: { combos: [], group: 'lists' },
} as const satisfies Record<string, KeyInfo>;

interface KeyInfo {
  combos: readonly string[];
  group: 'everywhere' | 'day' | 'cell' | 'appointment' | 'patient' | 'lists';
  /** Acts also while a field is being typed in. Only for combinations with Ctrl. */
  whileTyping?: true;
}

export type KeyName = keyof typeof keys;
export const keyGroups = ['everywhere', 'day', 'cell', 'appointment', 'patient', 'lists'] as const;

/** Every action, in the order of the list. */
export const keyNames = Object.keys(keys) as KeyName[];

/** The names of a group, in the order of the list. */
export const keysOf = (group: KeyInfo['group']): KeyName[] =>
  keyNames.filter((name) => keys[name].group === group);

/** What was pressed, as the list writes it. On a Greek layout a letter is taken from its place on the keyboard. */
export const comboOf = (event: KeyboardEvent): string => {
  const greek = /^[\u0370-\u03ff]$/.test(event.key) && event.code.startsWith('Key');
  const pressed = greek ? event.code.slice(3) : event.key;
  const key = /^[a-z]$/i.test(pressed) ? pressed.toUpperCase() : pressed;
  const shift = event.shiftKey && key.length > 1 ? 'Shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${key}`;
};

/** The keys that a combination means; the screen with the newest handler for one of them answers. */
export const keysFor = (combo: string): KeyName[] =>
  keyNames.filter((name) => (keys[name].combos as readonly string[]).includes(combo));

const marks: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A combination as it is printed on a key, in parts: `['Ctrl', 'K']`. */
export const keyCaps = (combo: string): string[] =>
  combo === '+' ? ['+'] : combo.split('+').map((part) => marks[part] ?? part);
