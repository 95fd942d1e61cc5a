using ScottPlot;
using SkiaSharp;

namespace VectorQuantization.Plots;

/// <summary>Names points of the Pareto front, each where its text covers nothing; one that finds no such place goes without.</summary>
internal sealed class PointLabels(ScatterFigure figure, IReadOnlyList<FigurePoint> named) : IPlottable
{
    private const float FontSize = 10.5f;
    private const float Distance = 9;
    private const float Lift = 3;
    private const float MarkerHalf = 5;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var font = new SKFont(EmbeddedFont.Typeface, FontSize);
        using var ink = new SKPaint { Color = MethodStyle.Quiet.ToSKColor(), IsAntialias = true };
        var area = Axes.DataRect;
        var bounds = new SKRect(area.Left, area.Top, area.Right, area.Bottom);
        var front = named.Select(Pixel).ToList();
        var taken = figure.Series.SelectMany(Taken).Concat(front.Zip(front.Skip(1)).SelectMany(Along)).ToList();
        foreach (var point in named)
        {
            var at = Pixel(point);
            var width = font.MeasureText(point.Label);
            var free = Places(at, width)
                .FirstOrDefault(place => bounds.Contains(place) && !taken.Exists(place.IntersectsWith));
            if (free.IsEmpty)
                continue;
            taken.Add(free);
            rp.Canvas.DrawText(point.Label, free.Left, free.Bottom - 2, SKTextAlign.Left, font, ink);
        }
    }

    private static IEnumerable<SKRect> Places(SKPoint at, float width)
    {
        const float height = FontSize + 2;
        yield return Box(at.X - width - Distance, at.Y - height - Lift);
        yield return Box(at.X + Distance, at.Y + Lift);
        yield return Box(at.X - width / 2, at.Y - height - Distance);
        yield return Box(at.X - width / 2, at.Y + Distance);
        yield return Box(at.X + Distance, at.Y - height - Lift);
        yield return Box(at.X - width - Distance, at.Y + Lift);

        SKRect Box(float left, float top) => new(left, top, left + width, top + height);
    }

    // Markers, and lines and bars in small steps.
    private IEnumerable<SKRect> Taken(FigureSeries series)
    {
        var best = ParetoFront.Of(
            [.. series.Points.Select(point => (point.X, point.Y))],
            figure.X.MoreIsBetter,
            figure.Y.MoreIsBetter
        );
        var line = best.Select(i => Pixel(series.Points[i])).ToList();
        return series
            .Points.Select(point => Around(Pixel(point), MarkerHalf))
            .Concat(series.Points.SelectMany(Bars).SelectMany(Along))
            .Concat(line.Zip(line.Skip(1)).SelectMany(Along));
    }

    private IEnumerable<(SKPoint, SKPoint)> Bars(FigurePoint point)
    {
        var at = Pixel(point);
        if (point.ReachX > 0)
        {
            var (left, right) = (
                Pixel(point with { X = point.X - point.ReachX.Value }),
                Pixel(point with { X = point.X + point.ReachX.Value })
            );
            yield return (new SKPoint(float.IsNaN(left.X) ? Axes.DataRect.Left : left.X, at.Y), right);
        }
        if (point.ReachY > 0)
        {
            var (low, high) = (
                Pixel(point with { Y = point.Y - point.ReachY.Value }),
                Pixel(point with { Y = point.Y + point.ReachY.Value })
            );
            yield return (new SKPoint(at.X, float.IsNaN(low.Y) ? Axes.DataRect.Bottom : low.Y), high);
        }
    }

    private static IEnumerable<SKRect> Along((SKPoint From, SKPoint To) piece)
    {
        var steps = (int)(SKPoint.Distance(piece.From, piece.To) / 3) + 1;
        for (var i = 0; i <= steps; i++)
        {
            var share = (float)i / steps;
            yield return Around(
                new SKPoint(float.Lerp(piece.From.X, piece.To.X, share), float.Lerp(piece.From.Y, piece.To.Y, share)),
                1.5f
            );
        }
    }

    private static SKRect Around(SKPoint at, float half) => new(at.X - half, at.Y - half, at.X + half, at.Y + half);

    private SKPoint Pixel(FigurePoint point)
    {
        var pixel = Axes.GetPixel(new Coordinates(figure.X.Position(point.X), figure.Y.Position(point.Y)));
        return new SKPoint(pixel.X, pixel.Y);
    }
}
