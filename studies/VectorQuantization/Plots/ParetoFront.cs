namespace VectorQuantization.Plots;

/// <summary>Which of many points nothing beats.</summary>
public static class ParetoFront
{
    /// <summary>Indices of the points that no other dominates: is at least as good in both and better in one. Equal points all stay.</summary>
    /// <param name="points">The points; NaN is never on the front and beats nothing.</param>
    /// <param name="moreXIsBetter">Whether a larger x is the better one.</param>
    /// <param name="moreYIsBetter">Whether a larger y is the better one.</param>
    /// <returns>By ascending x.</returns>
    public static IReadOnlyList<int> Of(
        IReadOnlyList<(double X, double Y)> points,
        bool moreXIsBetter,
        bool moreYIsBetter
    )
    {
        var front = new List<int>();
        for (var i = 0; i < points.Count; i++)
        {
            if (!double.IsNaN(points[i].X + points[i].Y) && !IsBeaten(Better(points[i])))
                front.Add(i);
        }
        return [.. front.OrderBy(i => points[i].X).ThenBy(i => points[i].Y)];

        bool IsBeaten((double X, double Y) one) =>
            points
                .Select(Better)
                .Any(other => other.X >= one.X && other.Y >= one.Y && (other.X > one.X || other.Y > one.Y));

        (double X, double Y) Better((double X, double Y) point) =>
            (moreXIsBetter ? point.X : -point.X, moreYIsBetter ? point.Y : -point.Y);
    }
}
