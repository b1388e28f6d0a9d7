# Accounts that are kept elsewhere.

login-elsewhere = Sign in with your account of { $provider }
elsewhere-title = On to { $provider }
elsewhere-sub = You sign in there and then come back here. We do not learn your password.
elsewhere-do = Sign in at { $provider }
arrival-title = What would you like to be called?
arrival-sub = { $provider } has sent you here. Choose a name, and you have an account here. Letters go to { $mail }.
arrival-have = Under another address? Sign in with it and connect the two accounts.
arrival-kept = Name, mail address, and which account there is yours. Not what you read or hear; and they learn nothing there of what you do here.
account-elsewhere = Account of { $provider }
account-elsewhere-since = Connected since { $since }.
account-elsewhere-used = Last signed in with it on { $at }.
account-elsewhere-remove = Disconnect
account-elsewhere-remove-why = Your account here stays. With a code by mail you always get in.
account-elsewhere-why = You can sign in here with your account of { $provider } too.
account-elsewhere-do = Connect the account
say-elsewhere-done = The accounts are connected. We have sent you a mail about it.
say-elsewhere-removed = The accounts are disconnected. We have sent you a mail about it.
say-elsewhere-away = Nobody answers at the place where your account is kept. Try again in a few minutes, or take one of the other ways.
say-elsewhere-back = You turned back there; nothing has happened here. Begin again, or take one of the other ways.
say-elsewhere-over = That took too long, or it was begun in another browser. Please begin again here.
say-elsewhere-untrue = We could not make sure that it is you. Begin again; if that does not help, take one of the other ways and tell the newspaper.
say-elsewhere-clock = The clock at the place where your account is kept does not agree with ours. Try again in a few minutes; if that does not help, tell the newspaper.
say-elsewhere-mail = Your mail address is not confirmed yet at the place where your account is kept. Confirm it there, or register here and connect the accounts.
say-elsewhere-known = There is an account for your mail address here already. Sign in once as before; then you can connect the two accounts.
say-elsewhere-connected = This is not possible: one of the two accounts is connected to another one already. Disconnect that one first.
