# Sentences chosen by other rooms: refusals, confirmations, roles. See `Say`.

say-comment-empty = There is nothing here yet. Write your comment into the field.
say-comment-too-long = Your comment is too long: there is room for { $longest } characters. It stands unchanged in the field.
say-comment-unprintable = There is a character in the text that we cannot print. Please type that place again.
say-thread-closed = The forum has just closed. Your text is kept as a draft in your account.
say-thread-closed-until = The forum opens on { $until }. Your text is kept as a draft in your account.
say-thread-ended = This conversation has ended and takes nothing more in.
say-comment-published = Your comment has been published.
say-comment-waits = Your comment has arrived. Somebody from the newsroom reads it before it appears.
say-draft-kept = Your draft has been kept.
say-vote-own = One cannot vote on one’s own comments.
say-comment-removed = The comment has been removed. Its author reads rule and reason in their account.
say-comment-restored = The comment is back in the conversation.
say-comment-repeated = You have written this comment just now.
say-comment-too-often = You write very fast. You can go on in { $seconds } seconds; your text stays in the field.
say-no-such-comment = This comment is no longer there. You can write your text as a comment of its own.
say-comment-too-many-lines = Your comment has too many lines: at most { $most }. It stands unchanged in the field.

say-session-over = You were away for too long and have been signed out. Sign in again; your text is still here.
say-signed-out = You are signed out.
say-login-wrong = Address and password do not match. Try again, or have a code sent to you.
say-code-wrong = This code is not right. Look into the latest mail; { $left ->
    [one] one try left.
   *[other] { $left } tries left.
}
say-sign-in-to-post = Sign in. Your text will be waiting in the field; you send it from there.
say-code-over = This code no longer works. Ask for a new one, and enter it in the same window.
say-password-changed = Your new password is set. All other devices are signed out.
say-sign-in-again = Before you change that, please sign in once more.
say-link-over = This link has been used or is too old. Ask for a new one.
say-too-often = Those were many tries. You can go on in { $seconds } seconds.
say-nobody = Nobody has this name.

say-name-short = The name is too short: at least { $shortest } characters.
say-name-long = The name is too long: at most { $longest } characters.
say-name-taken = This name, or one that looks very much like it, is taken. Please choose another.
say-password-short = The password is too short: at least { $shortest } characters.
say-password-long = The password is too long: at most { $longest } characters.
say-password-common = This password is easy to guess. Choose another, such as four words.
say-name-unusual = The character “{ $character }” cannot be in a name. Use letters, digits, spaces, full stops and hyphens.
say-mail-unlikely = This is not a complete e-mail address. One looks like name@example.com.
say-name-invisible = There is a character in the name that cannot be seen. Please type it again.
say-name-mixed = There are letters from different alphabets in the name, which can be confused. Please keep to one.
say-name-reserved = This name speaks for the paper. Please choose another.
say-mail-taken = There is an account for this address already.
say-password-personal = This password contains your name, your address or the name of the paper. Choose another, such as four words.
say-administrator-exists = This paper has an administrator already. Ask them for access.
say-administrator-last = The last administrator stays one until somebody else takes over.

say-article-published = Published at { $at }.
say-article-corrected = Corrected at { $at }.
say-article-withdrawn = Withdrawn at { $at }.
say-article-unchanged = The text is the same; nothing was changed.
say-article-wrong = The article cannot be published like this: { $reason }
say-article-wrong-line = The article cannot be published like this. Line { $line }: { $reason }
say-article-changed = Somebody changed this article while you were writing. Your text is still in the field: copy it, open the article again and add your change there.
say-note-empty = Tell the readers what was wrong and what is right.
say-section-unknown = There is no section “{ $section }”.

say-reason-empty = Write the author a sentence or two about why.
say-not-removed = The comment is not removed.
say-removed-already = The comment had been removed already.
say-clause-unknown = Choose the house rule that the comment breaks.
say-reason-too-long = The reason is too long: at most { $longest } characters.

role-reader = Reader
role-moderator = Moderation
role-editor = Newsroom
role-administrator = Administration
say-foreign-origin = This request did not come from our site. Open the page here and try again from there.
