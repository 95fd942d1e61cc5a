using Expflow.Exports;
using Xunit;

namespace Expflow.Tests.Exports;

public sealed class InOrderTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(200, 1)]
    [InlineData(200, 4)]
    public void Pieces_come_in_the_order_of_their_items(int count, int workers)
    {
        var taken = new List<(int, int)>();

        InOrder.Run<(int, int)>(
            count,
            workers,
            (item, emit) =>
            {
                for (var piece = 0; piece < item % 20; piece++)
                    emit((item, piece));
            },
            taken.Add
        );

        Assert.Equal(
            Enumerable
                .Range(0, count)
                .SelectMany(item => Enumerable.Range(0, item % 20).Select(piece => (item, piece))),
            taken
        );
    }

    [Fact]
    public void A_maker_that_fails_is_heard() =>
        Assert.Throws<IOException>(() =>
            InOrder.Run<int>(50, 2, (item, emit) => emit(item == 30 ? throw new IOException() : item), _ => { })
        );

    [Fact]
    public void A_taker_that_fails_ends_the_makers() =>
        Assert.Throws<IOException>(() =>
            InOrder.Run<int>(
                50,
                2,
                (item, emit) =>
                {
                    for (var i = 0; i < 100; i++)
                        emit(i);
                },
                _ => throw new IOException()
            )
        );
}
