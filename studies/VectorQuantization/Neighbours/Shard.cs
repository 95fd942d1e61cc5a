namespace VectorQuantization.Neighbours;

/// <summary>One of several equal parts.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">Of how many.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>All of it.</summary>
    public static Shard Whole => new(0, 1);

    /// <summary>The shard's part of so many pieces: sizes differ by one at most.</summary>
    /// <returns>First piece and the one behind the last.</returns>
    public (long First, long End) Of(long pieces) =>
        ((long)((Int128)pieces * Index / Count), (long)((Int128)pieces * (Index + 1) / Count));
}
