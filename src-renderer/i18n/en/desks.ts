/** The clinic's desks, the secrets of this one, and what a desk shows that was stopped. */
export const desks = {
  title: 'Desks',
  hint: 'Every computer that runs Anteroom for this clinic is a desk. One that is lost or stolen can be stopped here, and told to destroy what it holds.',
  away: 'The list comes from central, and there is no connection now.',
  here: 'this desk',
  never: 'Never seen yet',
  seen: 'Seen {{when}}',
  version: 'version {{version}}',
  waiting_one: '{{count, number}} change not sent',
  waiting_other: '{{count, number}} changes not sent',
  lost_one: '{{count, number}} unsent change lost',
  lost_other: '{{count, number}} unsent changes lost',
  kept_one: '{{count, number}} time kept for it',
  kept_other: '{{count, number}} times kept for it',
  stopped: 'Stopped {{when}}',
  stoppedBy: 'Stopped {{when}} by {{name}}',
  standing: {
    working: 'Working',
    disabled: 'Stopped',
    wiping: 'Waits to be wiped',
    wiped: 'Wiped',
  },
  rename: 'Rename',
  free: 'Free its times…',
  stop: 'Stop…',
  wipe: 'Wipe…',
  enable: 'Let it work again',
  enabled: '{{name}} may work again.',
  enabledWiped: '{{name}} may work again, once whoever runs the database gives it a new address.',
  stopDialog: {
    title: 'Stop {{name}}',
    intro:
      'At its next contact with central the desk stops: it reads and saves nothing, shows nobody anything, and whoever is signed in there is signed out.',
    only: 'Stop it',
    onlyHint: 'Its data stays on it, encrypted. It can be let work again at any time.',
    wipe: 'Stop and wipe it',
    wipeHint:
      'It also destroys its keys, its copy of the clinic’s data, its files and its day sheets. For a desk that is lost, stolen or given away.',
    waiting_one: '{{count, number}} change that it had not sent when it was last seen would be lost.',
    waiting_other: '{{count, number}} changes that it had not sent when it was last seen would be lost.',
    type: 'Type {{name}} to confirm',
    stop: 'Stop',
    stopAndWipe: 'Stop and wipe',
    done: '{{name}} stops at its next contact.',
    wiping: '{{name}} stops and is wiped at its next contact.',
  },
  freeDialog: {
    title: 'Free what {{name}} keeps',
    intro_one:
      '{{count, number}} free time of the next days is kept for {{name}}, so that it can book it without a connection. Other desks are offered it again once it is freed.',
    intro_other:
      '{{count, number}} free times of the next days are kept for {{name}}, so that it can book them without a connection. Other desks are offered them again once they are freed.',
    means:
      'Do this only if {{name}} is broken, lost or away for long. What somebody has booked there meanwhile was promised to the patient; if another desk books the same time, {{name}} finds its booking in the inbox when it comes back.',
    seen: '{{name}} was last seen {{when}}.',
    free: 'Free them',
    done_one: '{{count, number}} time that was kept for {{name}} is free.',
    done_other: '{{count, number}} times that were kept for {{name}} are free.',
  },
  renameDialog: {
    title: 'Rename {{name}}',
    name: 'Name',
    save: 'Save',
    done: 'The desk is now called {{name}}. It learns so at its next connection.',
  },
  own: {
    title: 'Secrets of this desk',
    hint: 'Change them when a computer was out of your hands, or somebody left who could have copied them. Work goes on meanwhile.',
    key: 'Key of the copy on this computer',
    password: 'Password at central',
    changed: 'Changed {{when}}',
    never: 'Not changed since this desk was set up',
    change: 'Change now',
    changeKey: 'Change the key now',
    changePassword: 'Change the password now',
    runningKey: 'Encrypting the copy anew…',
    runningPassword: 'Agreeing on a new password with central…',
    doneKey: 'The key is changed. The one before opens nothing any more.',
    donePassword: 'The password is changed. The one before lets nobody in any more.',
    failed:
      'It was not changed; the one before stays in use. Try again, and look at the log if that does not help.',
    insecure:
      'The key lies in a file on this computer and not in a keychain. Whoever has the disk can read it, whether it is new or old.',
  },
  page: {
    disabled: 'This desk was stopped',
    disabledText:
      'An administrator of the clinic stopped it {{when}}. Nothing can be looked up or saved here.',
    disabledBy: '{{name}} stopped it {{when}}. Nothing can be looked up or saved here.',
    disabledAsk:
      'If that is a mistake, ask an administrator: once they let this desk work again, it goes on by itself where it was.',
    wiped: 'This desk was wiped',
    wipedText:
      'An administrator of the clinic had it wiped {{when}}. It holds no data of the clinic any more.',
    wipedBy: '{{name}} had it wiped {{when}}. It holds no data of the clinic any more.',
    wipedAsk:
      'If you found this computer, please give it back to the clinic. To use it again, ask an administrator for a new address of central.',
  },
};
