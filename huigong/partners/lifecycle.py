"""The way of an exchange: invited, answered (their list came, ours went), learnt (whom both have), ended (secrets gone)."""

from huigong.lifecycle.actions import Table

INVITED, ANSWERED, LEARNT, ENDED = "invited", "answered", "learnt", "ended"
WORDS = {
    INVITED: ("等对方的盲名单", "waiting for their list"),
    ANSWERED: ("已应答，等结果", "answered, waiting for the result"),
    LEARNT: ("看重合的人", "whom both have"),
    ENDED: ("结束，密钥已销毁", "ended, keys destroyed"),
}

NEXT = Table(
    {
        INVITED: frozenset({ANSWERED, ENDED}),
        ANSWERED: frozenset({LEARNT, ENDED}),
        LEARNT: frozenset({ENDED}),
    },
    WORDS,
)
