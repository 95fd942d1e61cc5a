namespace Expflow.Exports;

/// <summary>How a table is written to a file.</summary>
public enum ExportFormat
{
    /// <summary>RFC 4180 with UTF-8 and single line feeds; a missing value is an empty cell.</summary>
    Csv,

    /// <summary>One JSON object a row; a missing value is null, and NaN and infinities are the words nan, inf and -inf.</summary>
    JsonLines,

    /// <summary>Apache Parquet, compressed with Snappy.</summary>
    Parquet,
}
