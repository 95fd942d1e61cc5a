using System.Runtime.InteropServices;

namespace VectorQuantization.Numerics;

/// <summary>Floats outside the collected heap, on a 64-byte boundary: scratch space of kernels.</summary>
public sealed unsafe class AlignedFloats : IDisposable
{
    /// <summary>Room for <paramref name="length"/> floats, not cleared.</summary>
    public AlignedFloats(int length)
    {
        Length = length;
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * sizeof(float), 64);
    }

    /// <summary>Gives the memory back when nobody disposed of it, as with scratch space kept by a thread that ended.</summary>
    ~AlignedFloats() => NativeMemory.AlignedFree(Pointer);

    /// <summary>How many floats.</summary>
    public int Length { get; }

    /// <summary>The first of them.</summary>
    public float* Pointer { get; private set; }

    /// <summary>All of them.</summary>
    public Span<float> Span => new(Pointer, Length);

    /// <inheritdoc />
    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        GC.SuppressFinalize(this);
    }
}
