using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers.RaBitQ;

/// <summary>Finds the grid point of one rotated residual after the other. Holds scratch space: one for each thread.</summary>
internal sealed class RaBitQEncoder
{
    private const int Lanes = 16;

    private readonly RaBitQLayout layout;
    private readonly GridScale? scales;

    // Filled up with zeros to whole vectors.
    private readonly float[] row;
    private readonly float[] sizes;
    private readonly byte[] levels;
    private readonly byte[] signs;

    public RaBitQEncoder(RaBitQLayout layout, GridScale? scales)
    {
        (this.layout, this.scales) = (layout, scales);
        var filled = (layout.Dimension + Lanes - 1) / Lanes * Lanes;
        (row, sizes, levels, signs) = (new float[filled], new float[filled], new byte[filled], new byte[filled / 8]);
    }

    /// <summary>Encodes a rotated residual.</summary>
    public void Encode(ReadOnlySpan<float> residual, Span<byte> code)
    {
        residual.CopyTo(row);
        var total = SplitSigns();
        signs.AsSpan(0, layout.SignBytes).CopyTo(code);
        var squared = Kernels.Dot(row, row);
        if (!(squared > 0))
        {
            levels.AsSpan().Clear();
            layout.Write(code, levels.AsSpan(0, residual.Length), 0, 0);
            return;
        }
        var along = scales is null ? total / 2 : Extended(scales, squared);
        layout.Write(code, levels.AsSpan(0, residual.Length), squared, squared / along);
    }

    /// <summary>Fills <see cref="signs"/> and <see cref="sizes"/>.</summary>
    /// <returns>The sum of the sizes.</returns>
    private float SplitSigns()
    {
        ref var from = ref MemoryMarshal.GetArrayDataReference(row);
        ref var to = ref MemoryMarshal.GetArrayDataReference(sizes);
        var total = Vector512<float>.Zero;
        for (var i = 0; i < row.Length; i += Lanes)
        {
            var x = Vector512.LoadUnsafe(ref from, (nuint)i);
            var positive = Vector512.GreaterThan(x, Vector512<float>.Zero).ExtractMostSignificantBits();
            signs[i / 8] = (byte)positive;
            signs[(i / 8) + 1] = (byte)(positive >> 8);
            var size = Vector512.Abs(x);
            total += size;
            size.StoreUnsafe(ref to, (nuint)i);
        }
        return Vector512.Sum(total);
    }

    /// <summary>Fills <see cref="levels"/>.</summary>
    /// <returns>The inner product of the residual with its grid point.</returns>
    private float Extended(GridScale scales, float squared)
    {
        var scale = Vector512.Create(scales.Best(sizes, layout.Dimension, squared));
        var top = (1 << layout.ExtraBits) - 1;
        var highest = Vector512.Create((float)top);
        ref var from = ref MemoryMarshal.GetArrayDataReference(row);
        ref var to = ref MemoryMarshal.GetArrayDataReference(levels);
        var along = Vector512<float>.Zero;
        for (nuint i = 0; i < (nuint)row.Length; i += Lanes)
        {
            var x = Vector512.LoadUnsafe(ref from, i);
            var size = Vector512.Abs(x);
            var level = Vector512.MinNative(Vector512.Floor(size * scale), highest);
            along = Vector512.FusedMultiplyAdd(level + Vector512.Create(0.5f), size, along);
            // Not above zero, levels count from the other end: all bits turned.
            var turned = ~Vector512.GreaterThan(x, Vector512<float>.Zero).AsInt32() & Vector512.Create(top);
            LevelKernels.Narrow(Vector512.ConvertToInt32Native(level) ^ turned).StoreUnsafe(ref to, i);
        }
        return Vector512.Sum(along);
    }
}
