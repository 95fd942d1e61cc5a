using VectorQuantization.Numerics;
using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Saq;

/// <summary>Learns components, plan, rotations and lengths.</summary>
internal static class SaqTraining
{
    // Rows from which a segment's length is learnt: it varies by 1 / √components.
    private const int LengthRows = 2048;

    private const int FactorBits = 8 * sizeof(float);

    public static SaqQuantiser Train(VectorSet rows, SaqSettings settings, Training with)
    {
        var d = rows.Dimension;
        var components = PrincipalComponents.Of(rows, with.Threads, with.Stop);
        var budget = (int)Math.Floor(settings.Bits * d) + FactorBits;
        var plan = SegmentPlan.Of(components.Variances, SegmentPlan.BlockOf(d), budget, FactorBits, settings.Segments);
        var rotation = new DenseRotation(Turned(components.Axes, plan, d, with), d);
        var lengths = Lengths(rows, components.Mean, rotation, plan, settings.Rounds, with);
        return new(components.Mean, rotation, plan, lengths, settings.Rounds, settings.CodeBytes(d));
    }

    /// <summary>The axes, those of each segment turned at random among themselves.</summary>
    private static float[] Turned(float[] axes, Segment[] plan, int d, Training with)
    {
        var random = new RandomSequence(with.Seed);
        var turned = axes.ToArray();
        for (var i = 0; i < plan.Length; i++)
        {
            var (first, count, bits) = plan[i];
            if (bits == 0)
                continue;
            var rotation = RandomRotation.Dense(count, random.Fork((ulong)i), with.Threads, with.Stop);
            var columns = new float[count * d];
            for (var axis = 0; axis < count; axis++)
            for (var k = 0; k < d; k++)
                columns[(k * count) + axis] = axes[((first + axis) * d) + k];
            using var packed = PackedRows.Of(columns, count);
            MatrixProduct.Multiply(rotation, packed, turned.AsMemory(first * d, count * d), with.Threads);
        }
        return turned;
    }

    /// <summary>
    /// What the decoded point is to be scaled with beside the row's own factor: the number of least squared error,
    /// Σ |o|² / Σ factor²·|ō|², close to the mean squared cosine.
    /// </summary>
    private static float[] Lengths(
        VectorSet rows,
        float[] mean,
        DenseRotation rotation,
        Segment[] plan,
        int rounds,
        Training with
    )
    {
        var d = rows.Dimension;
        var taken = (int)Math.Min(LengthRows, rows.Count);
        var chosen = new RandomSequence(with.Seed).Fork(ulong.MaxValue - 1).Sample(rows.Count, taken);
        var sample = new float[taken * d];
        var turned = new float[sample.Length];
        for (var i = 0; i < taken; i++)
        {
            rows.Read(chosen[i], sample.AsSpan(i * d, d));
            Kernels.Subtract(sample.AsSpan(i * d, d), mean);
        }
        rotation.Apply(sample, turned);
        var lengths = new float[plan.Length];
        RowBlocks.ForEach(
            plan.Length,
            1,
            with.Threads,
            (segment, _, _) => lengths[segment] = Length(turned, d, plan[segment], rounds),
            with.Stop
        );
        return lengths;
    }

    private static float Length(float[] rows, int d, Segment segment, int rounds)
    {
        if (segment.Bits == 0)
            return 0;
        double whole = 0,
            scaled = 0;
        var levels = new byte[segment.Count];
        for (var at = segment.First; at < rows.Length; at += d)
        {
            var part = rows.AsSpan(at, segment.Count);
            double squared = Kernels.Dot(part, part);
            if (!(squared > 0))
                continue;
            var (along, square) = CodeAdjustment.Fit(part, segment.Bits, rounds, levels);
            whole += squared;
            scaled += squared / along * (squared / along) * square;
        }
        return scaled > 0 ? (float)(whole / scaled) : 1;
    }
}
