using VectorQuantization.Quantisers;

namespace VectorQuantization.Tests.Search;

/// <summary>Another quantiser that only encodes and decodes.</summary>
internal sealed class WithoutTables(Quantiser inner) : Quantiser
{
    public override string Method => inner.Method;

    public override int Dimension => inner.Dimension;

    public override int CodeBytes => inner.CodeBytes;

    public override long ModelBytes => inner.ModelBytes;

    public override void Encode(ReadOnlySpan<float> rows, Span<byte> codes) => inner.Encode(rows, codes);

    public override void Decode(ReadOnlySpan<byte> codes, Span<float> rows) => inner.Decode(codes, rows);

    public override void Write(BinaryWriter to) => inner.Write(to);
}
