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
        using var pieces = new InOrder<(int, int)>(
            count,
            (item, emit) => Repeat(item % 20, piece => emit((item, piece)))
        );

        pieces.Run(workers, taken.Add);

        Assert.Equal(
            Enumerable
                .Range(0, count)
                .SelectMany(item => Enumerable.Range(0, item % 20).Select(piece => (item, piece))),
            taken
        );
    }

    [Fact]
    public void A_maker_that_fails_is_heard_after_the_pieces_before_it()
    {
        var taken = new List<int>();
        using var pieces = new InOrder<int>(50, (item, emit) => emit(item == 30 ? throw new IOException() : item));

        Assert.Throws<IOException>(() => pieces.Run(2, taken.Add));
        Assert.Equal(Enumerable.Range(0, 30), taken);
    }

    [Fact]
    public void A_taker_that_fails_ends_the_makers()
    {
        using var pieces = new InOrder<int>(50, (_, emit) => Repeat(100, emit));

        Assert.Throws<IOException>(() => pieces.Run(2, _ => throw new IOException()));
    }

    private static void Repeat(int count, Action<int> act)
    {
        for (var i = 0; i < count; i++)
            act(i);
    }
}
