"""Many posts at once over HTTP: a burst is answered whole, a flood is refused and ends by itself."""

import asyncio

from app.services.bench import distinct_texts
from benchmarks.overload import Client, Seen
from tests.served import Serve, Served

BURST = 250
"""What is taken at once is bounded by `max_in_flight`, 256."""
AS_LONG_AS_IT_TAKES = {"max_wait_s": "600"}
"""A busy machine refuses what it cannot answer in five seconds; that is measured in `benchmarks.overload`."""
FLOOD = 1_500
A_TURN = 30
"""Of the flood, sent every `PAUSE_S`: some ten times what two cores can judge."""
PAUSE_S = 0.03


def client_of(served: Served) -> Client:
    return Client("127.0.0.1", served.port)


def test_a_burst_is_answered_whole(serve: Serve) -> None:
    served, seen = serve(**AS_LONG_AS_IT_TAKES), Seen()

    async def burst() -> None:
        client = client_of(served)
        await client.open(BURST)
        await asyncio.gather(*(client.send(seen, text=text) for text in distinct_texts(BURST)))
        await client.close()

    asyncio.run(burst())
    assert {status: len(times) for status, times in seen.by_status.items()} == {200: BURST}


def test_a_flood_is_refused_with_a_time_and_ends(serve: Serve) -> None:
    served, posts, pages, after = serve(), Seen(), Seen(), Seen()

    async def flood() -> None:
        client = client_of(served)
        texts = distinct_texts(FLOOD)
        sent = []
        for start in range(0, FLOOD, A_TURN):
            sent += [
                asyncio.create_task(client.send(posts, text=text)) for text in texts[start : start + A_TURN]
            ]
            await asyncio.sleep(PAUSE_S)
        await client.send(pages)
        await asyncio.gather(*sent)
        # Nobody floods any more: before long a post is taken again.
        while 200 not in after.by_status:
            await asyncio.sleep(PAUSE_S)
            await client.send(after, text="see you at six")
        await client.close()

    asyncio.run(flood())
    assert posts.lost == posts.without_wait == 0
    assert set(posts.by_status) == {200, 503}
    assert len(posts.by_status[503]) > FLOOD / 2
    assert set(pages.by_status) == {200}
