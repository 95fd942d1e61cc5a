namespace VectorQuantization.Results;

/// <summary>One cell with all that was measured of it: a row of the table <c>runs</c>. What was not measured is null.</summary>
public sealed record ResultRow
{
    /// <summary>Which cell it is.</summary>
    public required CellFacts Cell { get; init; }

    /// <summary>What it ran on.</summary>
    public required DataFacts Data { get; init; }

    /// <summary>Where, and by which program.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>Bytes.</summary>
    public SizeFacts Size { get; init; } = new();

    /// <summary>What decoded vectors lose.</summary>
    public DistortionFacts Distortion { get; init; } = new();

    /// <summary>What a search still finds.</summary>
    public RetrievalFacts Retrieval { get; init; } = new();

    /// <summary>Time and memory.</summary>
    public EffortFacts Effort { get; init; } = new();

    /// <summary>How it was searched, and how fast.</summary>
    public SearchFacts Search { get; init; } = new();

    /// <summary>Why the cell failed; null when it is done.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it was measured to its end.</summary>
    public bool IsDone => Failure is null;

    /// <summary>How many times fewer bytes than the floats (4·D), everything stored with a row counted.</summary>
    public double? Compression => 4.0 * Data.Dimension / Size.BytesPerVector;

    /// <summary><see cref="Compression"/> of the indices alone, without norms, scales and offsets: what many papers report.</summary>
    public double? CompressionWithoutSide => 4.0 * Data.Dimension / (Size.BytesPerVector - (Size.SideBytes ?? 0));
}
