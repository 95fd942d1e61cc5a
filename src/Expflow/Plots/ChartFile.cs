using System.Text;
using Expflow.Problems;

namespace Expflow.Plots;

/// <summary>Draws charts into files. The same chart and size give the same bytes, on every machine.</summary>
public static class ChartFile
{
    private static readonly string[] Endings = [".png", ".svg"];

    /// <summary>What a picture's path can end with.</summary>
    public static IReadOnlyList<string> Extensions => Endings;

    /// <summary>Writes <paramref name="chart"/> as PNG or SVG, by the ending of <paramref name="path"/>; an older file is replaced at once or not at all.</summary>
    public static ChartOutcome Write(Chart chart, string path, ChartSize size)
    {
        if (CheckPath(path) is { } wrong)
            return new ChartOutcome.Refused(wrong);
        try
        {
            var bytes = path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
                ? Encoding.UTF8.GetBytes(Svg(chart, size))
                : Png(chart, size);
            Replace(path, bytes);
            return new ChartOutcome.Written(path, bytes.Length);
        }
        catch (Exception failure) when (MissingLibrary(failure) is { } library)
        {
            return new ChartOutcome.Refused(
                new Problem(
                    $"'{library}' is not beside the expflow binary, and pictures need it: install the whole folder."
                )
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new ChartOutcome.Refused(
                new Problem($"'{path}' can't be written ({failure.Message.TrimEnd('.')}): choose another path.")
            );
        }
    }

    /// <summary>The PNG, <see cref="ChartSize.PngScale"/> dots for each pixel of <paramref name="size"/>.</summary>
    public static byte[] Png(Chart chart, ChartSize size)
    {
        using var plot = ChartDrawing.Of(chart, size);
        plot.ScaleFactor = ChartSize.PngScale;
        return plot.GetImageBytes(
            size.Width * ChartSize.PngScale,
            size.Height * ChartSize.PngScale,
            ScottPlot.ImageFormat.Png
        );
    }

    /// <summary>The SVG. Text stays text: it can be searched, and edited in a drawing program.</summary>
    public static string Svg(Chart chart, ChartSize size)
    {
        using var plot = ChartDrawing.Of(chart, size);
        return SvgDocument.Finish(plot.GetSvgXml(size.Width, size.Height), size);
    }

    private static Problem? CheckPath(string path)
    {
        var extension = Path.GetExtension(path);
        if (extension.Length == 0)
            return new Problem($"'{path}' has no ending that names a format: end it with '.png' or '.svg'.");
        if (!Endings.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            var near = Suggestion.For(extension.ToLowerInvariant(), Endings) ?? ".svg";
            return new Problem(
                $"'{extension}' of '{path}' is not a format that can be drawn, only '.png' and '.svg' are: try '{Path.ChangeExtension(path, near)}'."
            );
        }
        if (path.Contains('\0'))
            return new Problem($"'{path.Replace("\0", "\\0")}' has a zero byte in it: choose another path.");
        if (Directory.Exists(path))
            return new Problem($"'{path}' is a folder: name a file in it.");
        return Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder)
            ? new Problem($"'{folder}' does not exist: make the folder first, or choose another path.")
            : null;
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

    // The native library loads at the first picture; its loading fails inside a type initialiser.
    private static string? MissingLibrary(Exception failure) =>
        failure switch
        {
            DllNotFoundException missing => missing.Message.Contains("HarfBuzz", StringComparison.Ordinal)
                ? "libHarfBuzzSharp.so"
                : "libSkiaSharp.so",
            { InnerException: { } inner } => MissingLibrary(inner),
            _ => null,
        };
}
