using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using VectorQuantization.Problems;

namespace VectorQuantization.Plots;

/// <summary>Writes figures into files. The same figure gives the same bytes, on every machine.</summary>
public static partial class FigureFile
{
    // Dots for each CSS pixel: sharp on paper.
    private const int PngScale = 3;

    /// <summary>Writes the figure; an older file is replaced at once or not at all.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="format"><c>png</c> or <c>svg</c>.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="BadInputException">It can't be written there, or the drawing library is missing.</exception>
    public static string Write(Figure figure, string folder, string format)
    {
        var path = Path.Combine(folder, $"{SafeName(figure.Name)}.{format}");
        try
        {
            var bytes = format == "svg" ? Encoding.UTF8.GetBytes(Svg(figure)) : Png(figure);
            Directory.CreateDirectory(folder);
            Replace(path, bytes);
            return path;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"'{path}' can't be written ({refused.Message.TrimEnd('.')}): choose another folder with '--out'.",
                refused
            );
        }
        catch (Exception refused) when (IsMissingLibrary(refused))
        {
            throw new BadInputException(
                "'libSkiaSharp.so' is not beside the program, and pictures need it: install the whole folder.",
                refused
            );
        }
    }

    /// <summary>The picture as PNG.</summary>
    internal static byte[] Png(Figure figure)
    {
        using var plot = Draw(figure);
        plot.ScaleFactor = PngScale;
        return plot.GetImageBytes(FigureLook.Width * PngScale, Height(figure) * PngScale, ImageFormat.Png);
    }

    /// <summary>The picture as SVG; text stays text.</summary>
    internal static string Svg(Figure figure)
    {
        using var plot = Draw(figure);
        return Finish(plot.GetSvgXml(FigureLook.Width, Height(figure)), FigureLook.Width, Height(figure));
    }

    private static Plot Draw(Figure figure) =>
        figure switch
        {
            ScatterFigure scatter => ScatterDrawing.Of(scatter),
            RidgeFigure ridges => RidgeDrawing.Of(ridges),
            _ => throw new ArgumentOutOfRangeException(nameof(figure)),
        };

    private static int Height(Figure figure) =>
        figure is RidgeFigure ridges ? RidgeDrawing.Height(ridges) : ScatterDrawing.Height;

    // Lets the picture scale with its page, names fonts of like width for readers that lack ours, and numbers ids from 1: the
    // library counts them over the life of the process.
    private static string Finish(string svg, int width, int height)
    {
        var names = new Dictionary<string, string>();
        var numbered = ClipName()
            .Replace(
                svg,
                match =>
                    names.TryGetValue(match.Value, out var name) ? name : names[match.Value] = $"part{names.Count + 1}"
            );
        var size = $"width=\"{width}\" height=\"{height}\"";
        return numbered
            .Replace($"{size}>", $"{size} viewBox=\"0 0 {width} {height}\">", StringComparison.Ordinal)
            .Replace("\"DejaVu Sans\"", "\"DejaVu Sans, Verdana, sans-serif\"", StringComparison.Ordinal);
    }

    private static void Replace(string path, byte[] bytes)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    // Names of data sets are the user's.
    private static string SafeName(string name) =>
        string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'))
            .TrimStart('.');

    // It loads at the first picture; its loading fails inside a type initialiser.
    private static bool IsMissingLibrary(Exception? failure) =>
        failure is DllNotFoundException || (failure is not null && IsMissingLibrary(failure.InnerException));

    [GeneratedRegex("""(?<=(id="|url\(#|href="#))(cl|gr|img|pat)_[0-9a-f]+(?=[")])""")]
    private static partial Regex ClipName();
}
