using VectorQuantization.Vectors;

namespace VectorQuantization.Quantisers.Product;

/// <summary>The parametric solution of OPQ: principal axes, dealt out so that all parts have the same product of variances.</summary>
/// <remarks>
/// T. Ge and others (2013), section 3.2: for Gaussian data, this is the best rotation. From the greatest variance to the least,
/// each axis goes to the part with the least product so far that has room left.
/// </remarks>
internal static class EigenvalueAllocation
{
    /// <summary>The rotation.</summary>
    /// <param name="components">Of the rows.</param>
    /// <param name="m">Parts.</param>
    /// <returns>Row-major; each part's axes lie together.</returns>
    public static float[] Rotation(PrincipalComponents components, int m)
    {
        var d = components.Mean.Length;
        var parts = Deal(components.Variances, m);
        var rotation = new float[d * d];
        var to = 0;
        foreach (var axis in parts.SelectMany(part => part))
            components.Axes.AsSpan(axis * d, d).CopyTo(rotation.AsSpan(d * to++, d));
        return rotation;
    }

    /// <summary>Which axes each part gets.</summary>
    /// <param name="variances">Descending; at least one a part, and equally many for each.</param>
    /// <param name="m">Parts.</param>
    public static int[][] Deal(double[] variances, int m)
    {
        var room = variances.Length / m;
        // Relative to the least, so that no factor is below 1; what is as good as zero is all the same.
        var least = Math.Max(variances[^1], 1e-12 * variances[0]);
        var logs = new double[m];
        var parts = new List<int>[m];
        for (var part = 0; part < m; part++)
            parts[part] = [];
        for (var axis = 0; axis < variances.Length; axis++)
        {
            var poorest = Enumerable.Range(0, m).Where(part => parts[part].Count < room).MinBy(part => logs[part]);
            parts[poorest].Add(axis);
            logs[poorest] += variances[0] > 0 ? Math.Log(Math.Max(variances[axis], least) / least) : 0;
        }
        return [.. parts.Select(part => part.ToArray())];
    }
}
