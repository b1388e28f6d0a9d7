# What the talk and the community desk say about an attempt that did not work (and about one that did).

say-comment-long = This is too long: a comment has at most { $longest } characters. Shorten the text or split it; all of it is still in the field.
say-comment-lines = These are too many lines: a comment has at most { $most }. Join some paragraphs; your text is still in the field.
say-comment-closed = The talk is closed at the moment. Your text has been saved as a draft and is ready here when it opens again.
say-comment-often = That was too fast. Your text is still in the field; send it again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
say-comment-gone = The comment you wanted to answer has been removed in the meantime. You can send your text as a comment of its own.
say-comment-late = A comment can be changed only within the first { $minutes ->
    [one] 60 seconds
   *[other] { $minutes } minutes
}. It stays as it is; you can delete it or answer it.
say-comment-changed-meanwhile = You changed this comment in another window meanwhile. Above it stands as it is now; here is what you have just written.
say-comment-changed-often = A comment cannot be changed more than { $most } times. It stays as it is; you can delete it or answer it.
say-comment-changed = Your change has been saved.
say-comment-taken-back = Your comment has been deleted.
say-comment-cannot-go = This comment is gone already.
say-draft-waits = Not published yet: your text is in the field. Press Publish and it stands in the conversation.
say-draft-waits-closed = Not published yet: the conversation is closed. Your text has been saved and stands here when it opens again.
say-followed = You now follow { $name }. When { $name } writes a comment, it stands among your messages.
say-ignored = What { $name } writes is folded away for you now. Nobody else notices.
say-neither = Saved: you do not follow { $name }, and nothing is hidden.
say-featured = The comment now stands before the others, and its author knows.
say-featured-no = The comment is no longer chosen.
say-verified = Beside the name it now says “name checked”.
say-verified-no = The mark has been taken back.
say-comment-posted = Your comment has been published.

say-decision-reason = Tell the author why. Nothing is decided without a reason.
say-decision-long = The reason is too long: at most { $longest } characters.
say-decision-clause = Choose the house rule that the comment breaks.
say-decision-removed-already = Somebody has just removed this comment; rule and reason are shown here. Your reason was: “{ $reason }”
say-decision-not-removed = This comment is not removed (any more); there is nothing to restore. Your reason was: “{ $reason }”
