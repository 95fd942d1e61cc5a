namespace VectorQuantization.Results;

/// <summary>How many bytes a cell's codes take.</summary>
public sealed record SizeFacts
{
    /// <summary>Bytes a vector, everything stored with it included.</summary>
    public int? BytesPerVector { get; init; }

    /// <summary>How many of <see cref="BytesPerVector"/> are factors (norms, scales, offsets).</summary>
    public int? SideBytes { get; init; }

    /// <summary>Bytes of what all vectors share: codebooks, rotation, means, lists.</summary>
    public long? ModelBytes { get; init; }
}
