namespace Expflow.Journal;

/// <summary>The piece of a segment file that holds the output of one packed attempt.</summary>
/// <param name="File">File name inside the project's segments folder.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="MetricsOffset">First byte of its metric lines in the file of the same name with <c>.metrics</c> added.</param>
/// <param name="MetricsLength">Bytes of metric lines; 0 when there are none.</param>
public sealed record OutputSegment(
    string File,
    long Offset,
    long Length,
    long MetricsOffset = 0,
    long MetricsLength = 0
);
