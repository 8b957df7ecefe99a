import type { accounts as source } from '../id/accounts.ts'

export const accounts: Record<keyof typeof source, string> = {
  'accounts.signIn.title': 'Sign in',
  'accounts.signIn.lede': 'Sign in with your account to go on.',
  'accounts.signIn.submit': 'Sign in',
  'accounts.signIn.wrong': 'Username and password do not match.',
  'accounts.signIn.wrong.hint':
    'Check capital and small letters. If you forgot the password, ask the administrator.',
  'accounts.signIn.wait':
    'Too many attempts. Wait {wait} seconds, then try again with the right password.',
  'accounts.signIn.wait.hint': 'The password you just typed was not checked.',
  'accounts.waiting.title': 'Rancang is not set up yet',
  'accounts.waiting.lede':
    'The link to set it up is on the console of the computer that runs Rancang. Open that link in this browser.',
  'accounts.waiting.again':
    'The link works once, for one hour. After that, start Rancang again; the console will show a new one.',
  'accounts.gone.title': 'This link no longer works',
  'accounts.gone.lede':
    'A set-up link works once, for one hour. If Rancang is set up already, sign in with the account of the administrator. If not, start Rancang again; the console will show a new link.',
  'accounts.gone.signIn': 'To the sign-in page',

  'accounts.password.title': 'Change password',
  'accounts.password.lede': 'After the change your account is signed out on all other devices.',
  'accounts.password.new': 'New password',
  'accounts.password.submit': 'Change password',
  'accounts.password.changed':
    'The password is changed. Other devices that used this account are signed out.',

  'accounts.setup.title': 'Set up Rancang',
  'accounts.setup.lede':
    'Name your government and make the first account, that of the administrator. What concerns the government can be changed later under Settings.',
  'accounts.setup.administrator': 'Administrator',
  'accounts.setup.example': 'Example data',
  'accounts.setup.example.load': 'Fill with example data: FGD Manggarai Barat, 14 September 2018',
  'accounts.setup.example.hint':
    'To get to know Rancang. Every example is marked, and all of them can be removed at once under Settings.',
  'accounts.setup.submit': 'Save and begin',
  'accounts.setup.done': 'Rancang is ready. You are signed in as administrator.',

  'accounts.field.person': 'Your name',
  'accounts.field.username': 'Username',
  'accounts.field.username.hint':
    'For signing in. Letters, digits, full stop, underscore or hyphen; such as “maria.jehadun”.',
  'accounts.field.password': 'Password',
  'accounts.field.password.hint':
    'At least 12 characters. A few unrelated words are easy to remember and hard to guess.',
  'accounts.field.passwordAgain': 'Type it again',
  'accounts.field.passwordOld': 'Present password',

  'accounts.error.person': 'Enter your name.',
  'accounts.error.username': 'Enter a username.',
  'accounts.error.usernameSigns':
    'Use 3 to 60 letters, digits, full stops, underscores or hyphens, without spaces.',
  'accounts.error.short': 'A password has at least {min} characters; this one has {n}.',
  'accounts.error.long': 'A password has at most {max} characters.',
  'accounts.error.common': 'This password is easy to guess. Choose other words.',
  'accounts.error.ownWords':
    'The password must not contain the username, the name of {dinas} or of the region.',
  'accounts.error.unequal': 'The two passwords differ. Type them again.',
  'accounts.error.old': 'The present password is not right.',
}
