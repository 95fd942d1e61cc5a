using VectorQuantization.Quantisers;
using VectorQuantization.Search;
using VectorQuantization.Vectors;

namespace VectorQuantization.Benchmarks;

/// <summary>A base in codes, with what made them: flat, or in inverted lists.</summary>
public abstract class Coding
{
    /// <summary>Bytes a row takes, everything included.</summary>
    public abstract int BytesPerVector { get; }

    /// <summary>Of these, what is beside the indices: factors, and ids in inverted lists.</summary>
    public abstract int SideBytes { get; }

    /// <summary>Bytes of what all rows share.</summary>
    public abstract long ModelBytes { get; }

    /// <summary>Rows to what their codes decode to.</summary>
    /// <param name="rows">Row-major; may be overwritten.</param>
    /// <param name="decoded">As many.</param>
    /// <param name="clock">Times the decoding.</param>
    /// <returns>Seconds of encoding and of decoding.</returns>
    public abstract (double Encode, double Decode) RoundTrip(Span<float> rows, Span<float> decoded, TimeProvider clock);

    /// <summary>Searches the codes.</summary>
    /// <param name="metric">L2 or inner product.</param>
    /// <param name="probe">Lists that a query looks into, where there are lists.</param>
    /// <returns>The index, and the name of its kind in result rows.</returns>
    public abstract (SearchIndex Index, string Kind) Index(Metric metric, int probe);

    private static (double Encode, double Decode) Seconds(TimeProvider clock, long start, long encoded) =>
        (clock.GetElapsedTime(start, encoded).TotalSeconds, clock.GetElapsedTime(encoded).TotalSeconds);

    /// <summary>All codes one after the other; none where nothing is searched, so that memory doesn't grow with the rows.</summary>
    public sealed class Flat(Quantiser quantiser, CodeSet? codes) : Coding
    {
        private CodeSet Codes => codes ?? throw new InvalidOperationException("The codes were not kept.");

        /// <inheritdoc />
        public override int BytesPerVector => quantiser.CodeBytes;

        /// <inheritdoc />
        public override int SideBytes => quantiser.SideBytes;

        /// <inheritdoc />
        public override long ModelBytes => quantiser.ModelBytes;

        /// <inheritdoc />
        public override (double Encode, double Decode) RoundTrip(
            Span<float> rows,
            Span<float> decoded,
            TimeProvider clock
        )
        {
            var made = new byte[rows.Length / quantiser.Dimension * quantiser.CodeBytes];
            var start = clock.GetTimestamp();
            quantiser.Encode(rows, made);
            var encoded = clock.GetTimestamp();
            quantiser.Decode(made, decoded);
            return Seconds(clock, start, encoded);
        }

        /// <inheritdoc />
        public override (SearchIndex Index, string Kind) Index(Metric metric, int probe) =>
            FastScan.Knows(quantiser, metric)
                ? (new FastScan(quantiser, Codes, metric), "fastscan")
                : (new FlatScan(quantiser, Codes, metric), "flat");
    }

    /// <summary>In the lists of an inverted file.</summary>
    public sealed class Inverted(InvertedLists lists) : Coding
    {
        private readonly InvertedQuantiser quantiser = lists.Quantiser;

        private static int IdBytes => sizeof(int);

        /// <inheritdoc />
        public override int BytesPerVector => quantiser.Fine.CodeBytes + IdBytes;

        /// <inheritdoc />
        public override int SideBytes => quantiser.Fine.SideBytes + IdBytes;

        /// <inheritdoc />
        public override long ModelBytes => quantiser.ModelBytes;

        /// <inheritdoc />
        public override (double Encode, double Decode) RoundTrip(
            Span<float> rows,
            Span<float> decoded,
            TimeProvider clock
        )
        {
            var count = rows.Length / quantiser.Fine.Dimension;
            var codes = new byte[count * quantiser.Fine.CodeBytes];
            var places = new int[count];
            var start = clock.GetTimestamp();
            quantiser.Encode(rows, places, codes);
            var encoded = clock.GetTimestamp();
            quantiser.Decode(places, codes, decoded);
            return Seconds(clock, start, encoded);
        }

        /// <inheritdoc />
        public override (SearchIndex Index, string Kind) Index(Metric metric, int probe) =>
            (lists.Probing(probe), "ivf");
    }
}
