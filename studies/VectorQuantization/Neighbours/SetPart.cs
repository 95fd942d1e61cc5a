namespace VectorQuantization.Neighbours;

/// <summary>Some rows, one after the other, of a set of vectors.</summary>
/// <param name="Name">What the set was called, without folders: for people only.</param>
/// <param name="Count">Rows of the whole set.</param>
/// <param name="Fingerprint">Of the whole set; null when only a part of it was looked at.</param>
/// <param name="First">The part's first row.</param>
/// <param name="Rows">Rows of the part.</param>
public sealed record SetPart(string Name, long Count, string? Fingerprint, long First, long Rows)
{
    /// <summary>Whether it is the set and not a shard of it.</summary>
    public bool IsWhole => Rows == Count;

    /// <summary>The row behind its last one.</summary>
    public long End => First + Rows;

    /// <summary>For people: <c>rows 0 to 20479 of 60000</c>.</summary>
    public string Range => $"rows {First} to {End - 1} of {Count}";
}
