export const sync = {
  word: {
    online: 'Online',
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
