export const sync = {
  word: {
    online: 'Online',
    cannotSave: 'Cannot save',
    kept: '{{count, number}} kept here',
    sending: 'Sending {{count, number}}',
    offline: 'Offline since {{time}}',
    offlineWaiting: 'Offline since {{time}} · {{count, number}} waiting',
    offlineNever: 'Offline',
    offlineNeverWaiting: 'Offline · {{count, number}} waiting',
    needsYou_one: '{{count, number}} needs you',
    needsYou_other: '{{count, number}} need you',
    firstSync: 'Fetching {{percent}} %',
    firstSyncStart: 'Fetching the clinic',
    stopped: 'Stopped',
  },
  story: {
    title: 'Is this desk in step?',
    online:
      'Everything that was done at this desk is saved at the clinic’s central database, and what other desks do appears here at once.',
    sending_one:
      '{{count, number}} change is on its way to the central database. It is already saved at this desk.',
    sending_other:
      '{{count, number}} changes are on their way to the central database. They are already saved at this desk.',
    kept_one: '{{count, number}} change is saved at this desk and waits until the central database takes it.',
    kept_other:
      '{{count, number}} changes are saved at this desk and wait until the central database takes them.',
    offline:
      'The central database cannot be reached. Go on working: board, search, booking and check-in work as ever, and this desk connects again by itself.',
    byChoice:
      'This desk works offline because somebody chose so. Everything works as ever; nothing is sent or received until it is connected again.',
    waiting_one: '{{count, number}} change is saved here and will be sent as soon as there is a connection.',
    waiting_other:
      '{{count, number}} changes are saved here and will be sent as soon as there is a connection.',
    nothingWaiting: 'Nothing waits to be sent.',
    refused_one: '{{count, number}} change was refused by the central database and needs a decision.',
    refused_other: '{{count, number}} changes were refused by the central database and need a decision.',
    firstSync:
      'This desk is fetching the clinic’s records for the first time. It can be used when that is done, and goes on where it was if it is interrupted.',
    progress: '{{done, number}} of {{total, number}} records',
    lastContact: 'Last contact with the central database: {{time}}.',
    noContact: 'This desk has not reached the central database yet.',
    diagnostics: 'Diagnostics',
    promises:
      'A booking on a time that is kept for this desk (a shield at its edge) is certain. Any other one is provisional until it is sent.',
    openInbox: 'Open the inbox',
    workOffline: 'Work offline',
    connect: 'Connect again',
  },
  reason: {
    too_old:
      'This version of Anteroom is too old for the central database. Everything is kept and can be read; update Anteroom to send again.',
    central_too_old:
      'The central database has not been updated for this version of Anteroom yet. Everything you do is kept here and sent by itself once it is; ask whoever runs the database to update it.',
    disk_full:
      'The disk of this PC is full, so nothing can be saved or fetched. Free some space, and this desk goes on by itself. What was saved before is safe.',
    disk_read_only:
      'Nothing can be written to the disk of this PC, so nothing can be saved or fetched. What was saved before is safe. Call whoever looks after this PC.',
    disk_failing:
      'The disk of this PC does not work as it should, so nothing can be saved or fetched. Call whoever looks after this PC.',
    central_full:
      'The disk of the central database is full, so it takes nothing. Everything is kept here and sent when there is room. Tell whoever runs the database.',
    central_read_only:
      'The central database takes nothing at the moment. Everything is kept here and sent when it does. Tell whoever runs the database.',
    disabled:
      'The clinic has switched this desk off. Everything is kept and can be read; ask the person who manages the desks.',
    refused_login:
      'The central database does not accept this desk’s login. Everything is kept; check the connection in the settings of this desk.',
    unreachable:
      'The central database cannot be reached. Check the network cable or the wireless connection.',
    clinic_missing:
      'The central database does not know this clinic. Everything is kept; check which database this desk is connected to.',
    no_tls:
      'The central database offers no encrypted connection, or somebody on the way took the offer out. Nothing was sent. Ask whoever runs the database to switch encryption (TLS) on.',
    wrong_host:
      'What answers at the central database’s address has a certificate for another name. Nothing was sent. Check the address of the database; if it is right, ask whoever runs it.',
    expired:
      'The central database’s certificate has expired. Nothing was sent. Ask whoever runs the database to renew it; if this computer’s date is wrong, set it right.',
    not_yet_valid:
      'The central database’s certificate is not valid yet. Nothing was sent. Set this computer’s date right; if it is right, ask whoever runs the database.',
    self_signed:
      'The central database vouches for itself alone: its certificate is self-signed. Nothing was sent. Ask whoever runs the database for a certificate that this desk can check.',
    unknown_authority:
      'The central database’s certificate was signed by somebody this computer does not know. Nothing was sent. Ask whoever runs the database.',
    not_proven:
      'The central database could not prove who it is. Nothing was sent. Ask whoever runs the database.',
  },
  trouble: {
    read: 'I have read it',
    disk_full: 'The disk of this PC is full: nothing can be saved until there is room.',
    disk_read_only: 'Nothing can be written to the disk of this PC, so nothing can be saved.',
    disk_failing: 'The disk of this PC does not work as it should, and nothing can be saved.',
    central_full: 'The central database is full. What you do is kept here and sent when there is room.',
    central_read_only: 'The central database takes nothing now. What you do is kept here and sent later.',
    replica_damaged:
      'A part of this desk’s copy is damaged. It is fetched anew as soon as the desk is online.',
    replica_damagedLong:
      'A part of this desk’s copy of the clinic is damaged. As soon as the desk is online the copy is set aside and fetched anew; what was not sent yet is taken along. Until then some screens may not open. If it happens again, have the disk of this PC looked at.',
    disk_low: 'Only {{size}} are left on the disk of this PC.',
    disk_lowLong:
      'Only {{size}} are left on the disk of this PC. Everything works; free some space before it is full, or nothing can be saved.',
    room: 'Free now: {{size}}.',
    replaced: {
      short: {
        wrong_key: 'This desk’s copy could not be opened and is replaced by a new one.',
        corrupt: 'This desk’s copy was damaged and is replaced by a new one.',
        missing: 'This desk’s copy was gone and is replaced by a new one.',
        log_damaged: 'The end of this desk’s records was damaged.',
      },
      cause: {
        wrong_key:
          'On {{when}} this desk’s copy of the clinic could not be opened: its beginning is damaged, or its key is another one. It was set aside; a new one is fetched from the central database as soon as the desk is online. Until then parts of the clinic may be missing here.',
        corrupt:
          'On {{when}} this desk’s copy of the clinic was found damaged. It was set aside; a new one is fetched from the central database as soon as the desk is online. Until then parts of the clinic may be missing here.',
        missing:
          'On {{when}} this desk’s copy of the clinic was gone. A new one is fetched from the central database as soon as the desk is online.',
        log_damaged:
          'On {{when}} the end of what this desk had written was found damaged, as after a power cut. What could be read was kept; the rest is fetched from the central database as soon as the desk is online.',
      },
      rescued_one:
        '{{count, number}} change that had not been sent was rescued and goes on to the central database.',
      rescued_other:
        '{{count, number}} changes that had not been sent were rescued and go on to the central database.',
      inbox_one: '{{count, number}} entry of the inbox was kept.',
      inbox_other: '{{count, number}} entries of the inbox were kept.',
      nothingLost: 'Nothing was lost.',
      lost_one: '{{count, number}} change that had not been sent could not be read and is lost here.',
      lost_other: '{{count, number}} changes that had not been sent could not be read and are lost here.',
      lostAtLeast_one: 'At least {{count, number}} change that had not been sent is lost here.',
      lostAtLeast_other: 'At least {{count, number}} changes that had not been sent are lost here.',
      perhapsLost: 'What had not been sent by then may be lost.',
      lookAgain:
        'Look through what was done at this desk shortly before, and do again what is missing on the board.',
      file: 'The old copy is kept as {{file}}. Nobody deletes it but you.',
    },
    copy_found: 'This desk’s records were restored or copied from another PC. It goes on by itself.',
    copy_foundLong:
      'On {{when}} it turned out that this desk’s records were restored from a backup, or copied from another PC. The desk goes on under a new number, so nothing is done twice. If another PC still runs with the same records, give that one an address of its own.',
    copy_foundSent_one:
      '{{count, number}} change that waited is sent again; the central database takes each once.',
    copy_foundSent_other:
      '{{count, number}} changes that waited are sent again; the central database takes each once.',
    central_restored: 'The central database was restored from a backup. This desk gives back what it has.',
    central_restoredLong:
      'On {{when}} the central database was found to lack its last changes, as after a restored backup. Each desk gives back by itself what it had done; what was done at a desk that does not come back is missing.',
    central_restoredOffered_one:
      'This desk offered {{count, number}} change again. What no longer fits is in the inbox.',
    central_restoredOffered_other:
      'This desk offered {{count, number}} changes again. What no longer fits is in the inbox.',
  },
  clock: {
    ahead_one:
      'This computer’s clock is about {{count, number}} minute ahead. Set it right, so that arrival times are true.',
    ahead_other:
      'This computer’s clock is about {{count, number}} minutes ahead. Set it right, so that arrival times are true.',
    behind_one:
      'This computer’s clock is about {{count, number}} minute behind. Set it right, so that arrival times are true.',
    behind_other:
      'This computer’s clock is about {{count, number}} minutes behind. Set it right, so that arrival times are true.',
  },
};
