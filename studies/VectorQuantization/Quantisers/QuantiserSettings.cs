using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers;

/// <summary>A method with its settings, checked: what a cell of a sweep is.</summary>
public abstract record QuantiserSettings
{
    /// <summary>The method's name in the catalogue.</summary>
    public abstract string Method { get; }

    /// <summary>Every setting with its value, defaults included, in a fixed order: <c>m=16 bits=8 restarts=1</c>. Part of a cell's identity.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Values { get; }

    /// <summary>The name people read: <c>PQ 16x8</c>.</summary>
    public abstract string Label { get; }

    /// <summary>Adds what stands against these settings on such data: an M that doesn't divide the dimension, too few rows.</summary>
    /// <param name="dimension">Coordinates a row.</param>
    /// <param name="trainingRows">Rows to learn from.</param>
    /// <param name="problems">Where to add.</param>
    public abstract void Check(int dimension, long trainingRows, ProblemList problems);

    /// <summary>Bytes a row will take, everything included.</summary>
    public abstract int CodeBytes(int dimension);

    /// <summary>The most memory in bytes that training takes beside the training rows themselves: an estimate for <c>plan</c>.</summary>
    public abstract long TrainingBytes(int dimension, long trainingRows);

    /// <summary>Learns a quantiser.</summary>
    /// <param name="rows">What to learn from; checked before.</param>
    /// <param name="with">Seed and threads.</param>
    public abstract Quantiser Train(VectorSet rows, Training with);
}
