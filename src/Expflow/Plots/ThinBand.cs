using SkiaSharp;

namespace Expflow.Plots;

/// <summary>Builds the closed outline of a band with one lower and one upper edge for each half pixel of width.</summary>
internal sealed class ThinBand(SKPath path)
{
    private const float ColumnsPerPixel = 2;

    private readonly List<SKPoint> upper = [];
    private readonly List<SKPoint> lower = [];
    private long column;

    /// <summary>Takes the next place, in pixels (y grows downwards); one with a NaN breaks the band.</summary>
    internal void Add(float x, float lowerY, float upperY)
    {
        if (float.IsNaN(x) || float.IsNaN(lowerY) || float.IsNaN(upperY))
        {
            Break();
            return;
        }
        var at = (long)MathF.Floor(x * ColumnsPerPixel);
        if (upper.Count > 0 && at == column)
        {
            upper[^1] = new SKPoint(upper[^1].X, MathF.Min(upper[^1].Y, upperY));
            lower[^1] = new SKPoint(lower[^1].X, MathF.Max(lower[^1].Y, lowerY));
            return;
        }
        column = at;
        upper.Add(new SKPoint(x, upperY));
        lower.Add(new SKPoint(x, lowerY));
    }

    /// <summary>Ends the band, here and after the last place.</summary>
    internal void Break()
    {
        if (upper.Count > 1)
        {
            lower.Reverse();
            path.AddPoly([.. upper, .. lower], close: true);
        }
        upper.Clear();
        lower.Clear();
    }
}
