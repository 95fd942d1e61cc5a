using Expflow.Journal;

namespace Expflow.Executors;

/// <summary>Where one attempt finds and leaves its files. Exactly one of the nested cases.</summary>
public abstract record AttemptPlace
{
    private AttemptPlace() { }

    /// <summary>The attempt's number.</summary>
    public required int Number { get; init; }

    /// <summary>The folder that the program sees as its run's.</summary>
    public abstract string RunFolder { get; }

    /// <summary>The file that its output is appended to.</summary>
    public abstract string Output { get; }

    /// <summary>The file that it appends metrics to.</summary>
    public abstract string Metrics { get; }

    /// <summary>Where the attempt's own part of a file begins, in bytes.</summary>
    public virtual long StartIn(string path) => 0;

    /// <summary>A folder for each run and each attempt.</summary>
    public sealed record Own(AttemptFolder Folder) : AttemptPlace
    {
        /// <inheritdoc/>
        public override string RunFolder => Folder.RunFolder;

        /// <inheritdoc/>
        public override string Output => Folder.Output;

        /// <inheritdoc/>
        public override string Metrics => Folder.Metrics;
    }

    /// <summary>A worker's folder for one run after the other, and its segment files.</summary>
    /// <param name="Scratch">The worker's folder, emptied after each run.</param>
    /// <param name="Segment">The worker's segment file for outputs.</param>
    /// <param name="OutputStart">How long it was before the attempt.</param>
    /// <param name="MetricsStart">How long its metrics file was.</param>
    public sealed record Packed(string Scratch, string Segment, long OutputStart, long MetricsStart) : AttemptPlace
    {
        /// <inheritdoc/>
        public override string RunFolder => Scratch;

        /// <inheritdoc/>
        public override string Output => Segment;

        /// <inheritdoc/>
        public override string Metrics => MetricsOf(Segment);

        /// <inheritdoc/>
        public override long StartIn(string path) =>
            path == Output ? OutputStart
            : path == Metrics ? MetricsStart
            : 0;

        /// <summary>What stands in the segment files now that wasn't there before the attempt; null when that is nothing.</summary>
        public OutputSegment? Written()
        {
            var output = LengthOf(Segment) - OutputStart;
            var metrics = LengthOf(Metrics) - MetricsStart;
            return output + metrics == 0
                ? null
                : new(Path.GetFileName(Segment), OutputStart, output, MetricsStart, metrics);
        }
    }

    /// <summary>The metrics file beside a segment file.</summary>
    public static string MetricsOf(string segment) => segment + ".metrics";

    /// <summary>Bytes; 0 when the file isn't there.</summary>
    internal static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
