import type { ErrorWords } from './errors.ts';

export const errorsEn: ErrorWords = {
  lost: () => 'No answer came from the program. Try again.',
  'request.invalid': () =>
    'The program did not understand this request. This is our fault: tell the administrator.',
  'request.reused': () => 'This request was used for something else. Start again.',
  internal: ({ incident }) =>
    `The program made an error and wrote nothing. We are sorry. Incident ${incident}`,
  'session.required': () => 'Sign in first.',
  'session.locked': () => 'The screen is locked. Unlock it to go on.',
  'session.forbidden': () => 'This is not for your role.',
  'signIn.wrong': ({ attemptsLeft }, { count }) =>
    `Wrong sign-in name or PIN. ${count('attempts', attemptsLeft)} before the lock.`,
  'signIn.wait': ({ seconds }, { count }) =>
    `Too many attempts. Wait ${count('seconds', seconds)} and try again.`,
  'signIn.locked': () =>
    'This user is locked after wrong attempts. An administrator lifts it with a new PIN.',
  'setup.alreadyDone': () => 'This till is already set up.',
  'setup.required': () => 'This till is not set up yet.',
  'secret.tooShort': ({ minimum }, { count }) => `Too short: at least ${count('characters', minimum)}.`,
  'secret.tooSimple': () => 'Too easy to guess. No runs, no repeats, not the sign-in name.',
  'user.loginTaken': ({ login }) => `The sign-in name “${login}” is taken. Choose another.`,
  'user.notFound': () => 'This user was not found.',
  'user.lastAdministrator': () => 'This is the last active administrator. Appoint another first.',
  'shift.notOpen': () => 'You have no open shift. Open it, then take money.',
  'shift.alreadyOpen': ({ till, person }) => `Till ${till} has a shift open for ${person}. Close that first.`,
  'shift.unknownDenomination': () => 'The count has an unknown denomination.',
  'shift.suspended': () => 'The shift is suspended. Resume it, then take money.',
  'shift.counted': () =>
    'The drawer of this shift was counted: no money moves before it is closed. Choose “I go on” if you are not done.',
  'shift.notCounted': () => 'The drawer is counted first.',
  'shift.forgotten': ({ businessDate }) =>
    `The day of this shift (${businessDate}) is over. It takes no more money; it is counted and closed.`,
  'shift.closed': ({ till }) => `The shift on till ${till} was closed meanwhile.`,
  'shift.own': () => 'This is your own shift. You count and close it yourself.',
  'till.notFound': ({ till }) => `There is no till ${till} in use.`,
  'till.exists': ({ till }) => `Till ${till} is there already. A till’s code is given once.`,
  'till.inUse': ({ till }) => `Till ${till} is in use now.`,
  'count.shiftMoved': () =>
    'The shift went on after the count had begun. Look at the papers and commit the count again.',
  'count.unlikely': ({ currency, minor, quantity }, { money }) =>
    quantity > 1
      ? `You typed ${quantity} of ${money(minor, currency)}. Are you sure?`
      : `You counted ${money(minor, currency)}. Are you sure?`,
  'count.reasonMissing': () => 'The drawer was counted before. Write why it is counted again.',
  'count.notLast': () => 'Another count came after this one, or it is not for closing.',
  'count.notFound': () => 'This count was not found.',
  'close.explanationMissing': ({ currency }, { currencyName }) =>
    currency === null
      ? 'Write what you know of the missing papers.'
      : `Write what you know of the difference in ${currencyName(currency)}.`,
  'close.leftMoreThanCounted': () => 'Only what was counted can stay in the drawer.',
  'custody.nothing': () => 'Type what goes over, note by note.',
  'custody.receiverIsGiver': () => 'Giver and receiver are two people. The other one types name and PIN.',
  'custody.notKeeper': () => 'This is not for their role.',
  'custody.notThere': ({ currency }, { currencyName }) =>
    `There is not that much in ${currencyName(currency)}.`,
  'custody.unequal': () => 'What is given and what is taken are one currency and one value.',
  'custody.otherHasNoShift': () => 'The other person has no open shift.',
  'shift.notClosed': () => 'This shift is not closed yet.',
  'day.closed': ({ businessDate }) =>
    `The days up to ${businessDate} are closed and nothing more is written in them. What comes belongs to the next day.`,
  'day.alreadyClosed': ({ person, time }) => `${person} closed this day at ${time}.`,
  'day.changed': () =>
    'Something in the day changed after it was reviewed. Look at it as it is now, then close it.',
  'day.notYet': () => 'This day is still to come.',
  'day.nothing': () => 'This day has no shifts: it needs no close.',
  'day.notFound': () => 'This day is not closed yet.',
  'day.earlierOpen': ({ businessDate }) => `${businessDate} is not closed. Days are closed in order.`,
  'day.openShift': ({ till, person }) =>
    `The shift of ${person} on till ${till} is open. Its cashier counts and closes it; if they are away, a supervisor counts it with a witness.`,
  'day.returned': ({ till, person }) =>
    `The shift of ${person} on till ${till} was sent back and is not counted again yet.`,
  'day.unexplained': ({ till, person }) =>
    `The shift of ${person} on till ${till} has a difference without an explanation. Who counted explains it, then the supervisor.`,
  'day.exceptionNeeded': () =>
    'You took money on this day: you close it only with an administrator’s word and PIN at this PC.',
  'day.nothingToExplain': () => 'There is no difference to explain here.',
  'day.notCounter': () => 'This explanation is for who counted, or for the cashier of the shift.',
  'day.alreadyReturned': () => 'This shift waits to be counted again.',
  'day.nothingToRecount': () =>
    'The cash of this shift was handed to the next one: nothing of it lies in the safe to be counted.',
  'day.recounted': () => 'This shift was counted again meanwhile.',
  'day.samePerson': () => 'Another person counts in front of the supervisor: they type their name and PIN.',
  'bankAccount.notFound': () => 'This bank account is not in use.',
  'bankAccount.exists': ({ account }) => `Account ${account} is in the list already.`,
  'bankAccount.used': () =>
    'Money went to this account: its number stays. Take it out of use and add another.',
  'deposit.notFound': () => 'This deposit was not found.',
  'deposit.nothing': () => 'Choose cash or cheques for each account.',
  'deposit.samePerson': () => 'Two people count a deposit. The second types name and PIN.',
  'deposit.notKeeper': () => 'An auditor watches, and takes no part in a deposit.',
  'deposit.otherCurrency': ({ currency }, { currencyName }) =>
    `This account is in ${currencyName(currency)}: nothing else goes into it.`,
  'deposit.notInSafe': ({ currency, minor, quantity }, { money }) =>
    `The safe holds only ${quantity} of ${money(minor, currency)}.`,
  'deposit.chequeGone': ({ cheque }) => `Cheque ${cheque} was deposited before, or is no longer in hand.`,
  'deposit.chequeInDrawer': ({ cheque }) => `Cheque ${cheque} still lies in the drawer of an open shift.`,
  'deposit.chequeNotDue': ({ cheque, dueOn }) =>
    `Cheque ${cheque} is due on ${dueOn} and is not deposited before.`,
  'deposit.chequeMoved': ({ cheque }) =>
    `Cheque ${cheque} was cleared or bounced: its deposit can’t be cancelled.`,
  'deposit.wrongState': () => 'The state of this deposit changed just now. Look at the list.',
  'deposit.dateWrong': () => 'The date of the bank’s slip lies between the preparation and today.',
  'deposit.noteMissing': () => 'The bank wrote another sum. Write why in the note.',
  'approval.notAdministrator': () => 'Only an administrator allows this.',
  'clock.setBack': ({ time }) =>
    `This PC’s clock is behind: the last act of this shift was at ${time}. Set the clock, or a supervisor confirms it.`,
  'account.notFound': () => 'This account was not found.',
  'bill.notFound': ({ number }) =>
    `Bill ${number} is no longer on this account. The account was loaded again.`,
  'bill.changed': ({ number }) => `Bill ${number} was paid meanwhile. Look at the bills, then take.`,
  'bill.overpaid': ({ number, outstandingMinor }, { money }) =>
    `Only ${money(outstandingMinor)} is outstanding on bill ${number}.`,
  'bill.partTooSmall': ({ number, leastMinor }, { money }) =>
    `The least that is taken of bill ${number} is ${money(leastMinor)}.`,
  'payment.nothingChosen': () => 'Choose bills or type an amount.',
  'payment.moreThanOwed': ({ owedMinor }, { money }) =>
    `More than is owed. All that is owed is ${money(owedMinor)}.`,
  'payment.sumMismatch': () => 'The total differs from what the rows add up to. Look at the rows.',
  'amount.invalid': () => 'Not a valid amount.',
  'amount.tooLarge': () => 'More than any receipt can hold.',
  'tender.short': ({ missingMinor }, { money }) =>
    `The cash is less than the total: ${money(missingMinor)} missing.`,
  'tender.excessive': () => 'The cash is far more than the total. Check what you typed.',
  'tender.moreThanOwed': () => 'Waiver, entitlement and credit can’t be more than what is paid.',
  'tender.wornTooMuch': () => 'More worn notes than was received.',
  'tender.dueInPast': () => 'The cheque was due in the past. Ask for one of today or later.',
  'tender.dateInFuture': () => 'This date is still to come.',
  'tender.cardNumber': () => 'This is a card number. Never type one: type the approval code.',
  'change.wrong': () => 'The change does not match. Look at what goes back.',
  'change.notCash': () =>
    'Only what came in cash goes back in cash. What is over goes to the account’s credit.',
  'change.notInDrawer': ({ currency }, { currencyName }) =>
    `There is not that much in ${currencyName(currency)} in the drawer.`,
  'credit.tooLittle': ({ availableMinor }, { money }) =>
    `The account’s credit is only ${money(availableMinor)}.`,
  'rate.missing': ({ currency }, { currencyName }) =>
    `There is no rate for ${currencyName(currency)} today. A supervisor sets it; shekels are taken as ever.`,
  'rate.changed': ({ currency }, { currencyName }) =>
    `The rate of ${currencyName(currency)} changed just now. Look at the amount, then take.`,
  'rate.invalid': () => 'Not a valid rate.',
  'rate.unlikely': ({ currency, before }, { currencyName }) =>
    `This is far from the last rate of ${currencyName(currency)}, which was ${before}. Are you sure?`,
  'cheque.repeated': ({ receipt }) => `This cheque was taken before, with receipt ${receipt}.`,
  'transfer.repeated': ({ receipt }) => `This transfer’s reference was used before, in receipt ${receipt}.`,
  'reference.empty': () => 'Type the number.',
  'service.priceFixed': ({ priceMinor }, { money }) =>
    `This service has a fixed price: ${money(priceMinor)}.`,
  'service.notFound': () => 'This service is not sold over the counter.',
  'approval.own': () => 'Nobody approves their own act. Another supervisor is needed.',
  'approval.notSupervisor': () => 'Only a supervisor approves.',
  'approval.missing': () => 'A supervisor has to approve.',
  'approval.used': () => 'This approval was used. A new one is needed.',
  'approval.expired': () => 'The approval has expired. The supervisor approves again.',
  'approval.other': () => 'This approval was for something else. The supervisor approves again.',
  'undo.already': ({ receipt }) => `Receipt ${receipt} was already taken back.`,
  'undo.creditUsed': ({ account }) =>
    `The credit that this receipt gave to account ${account} has been used: it can’t be taken back.`,
  'undo.chequeMoved': () => 'The cheque is no longer in hand: its receipt can’t be taken back.',
  'undo.transferMatched': () => 'The transfer of this receipt was matched: it can’t be taken back.',
  'tender.needsAccount': () => 'A cheque or transfer needs a registered account to come back to.',
  'register.notFound': () => 'It is no longer in the register.',
  'register.wrongState': () => 'Its state changed just now. Look at the register.',
  'register.feeOnlyForBounce': () => 'The bank’s fee goes with a bounced cheque only.',
  'book.notFound': () => 'There is no such book.',
  'book.codeTaken': ({ code }) => `Book ${code} is there already.`,
  'book.badRange': () =>
    'The numbers go from the smaller to the larger, and a book has no more than a thousand leaves.',
  'book.leafOutside': ({ first, last }) => `This book has leaves ${first} to ${last}.`,
  'book.leafUsed': ({ receipt }) => `This leaf was entered already: ${receipt}.`,
  'book.leafVoid': () => 'This leaf is void.',
  'book.badDate': () => 'A leaf is written today or before, and not more than a year ago.',
  'book.badWriter': () => 'Choose who wrote the leaf.',
  'receipt.notFound': () => 'This receipt was not found.',
  'report.reversed': () => 'The period ends before it begins. Type the earlier date first.',
  'report.future': () => 'This period has not begun. Choose today or a day that has passed.',
  'report.tooLong': ({ days }) => `The period is longer than a year. One report holds ${days} days at most.`,
  'report.cancelled': () => 'The report was stopped.',
  'report.notSaved': () =>
    'The file could not be saved there. See that no other program has it open and that the disk has room, or choose another place.',
  'document.notDrawn': () => 'The PDF could not be made. Try again.',
  'document.notSaved': () =>
    'The file was not saved where you chose: the place may be full, protected, or the file open in another program. Choose another place or name.',
  'printing.jobNotFound': () => 'This print job was not found.',
  'printing.busy': () => 'This paper waits for the printer or is being printed now.',
  'printing.notAnswerable': () => 'It is already known what became of this paper.',
  'printing.notMovable': () => 'This paper no longer waits for that printer.',
  'printing.printerNotFound': () => 'The settings have no such printer. Choose another one.',
  'drawer.none': () =>
    'No cash drawer is connected to a printer. The administrator sets it in the printer settings.',
  'picture.unreadable': () =>
    'The file could not be read. Make sure it is there and not open in another program.',
  'picture.tooLarge': () =>
    'The picture is larger than is kept: up to 4 MB and 6000 pixels. Make it smaller, then choose it.',
  'picture.notPicture': () => 'This file is not a picture. Choose a PNG, JPEG or SVG. Nothing has changed.',
  'picture.blank': () =>
    'Nothing of this picture would be seen on paper (white or transparent). Choose one in a dark colour.',
  'picture.notPhoto': () => 'A picture of a cheque is a PNG or JPEG. It was not kept.',
  'cheque.pictureThere': () => 'This cheque has its picture already, and it is never replaced.',
  'import.unreadable': () =>
    'The file could not be read. Make sure it is CSV and not open in another program.',
  'import.tooLarge': ({ maximumMegabytes }) => `The file is larger than ${maximumMegabytes} MB. Split it.`,
  'import.missingColumns': ({ columns }) => `The file lacks columns: ${columns}`,
  'import.nothingToImport': () => 'There is nothing in the file that can be written.',
  'import.gone': () => 'This preview is no longer valid. Choose the file again.',
  'import.running': () => 'Another import is running.',
  'settings.invalid': () => 'This value is not accepted.',
  'storage.stopped': ({ reason }, { fatal }) => `No money can be taken. ${fatal(reason)}`,
};
