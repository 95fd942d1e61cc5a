namespace VectorQuantization.Results;

/// <summary>What becomes of a cell that is done already and is written once more. A failed row never takes a done one's place, and always gives its own.</summary>
public enum RepeatedCell
{
    /// <summary>The row that stands is kept.</summary>
    Skip,

    /// <summary>The new row takes its place.</summary>
    Replace,
}
