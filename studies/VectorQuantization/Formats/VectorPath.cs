namespace VectorQuantization.Formats;

/// <summary>A path with, behind a colon, which part of the file is meant: <c>glove-100-angular.hdf5:train</c>.</summary>
/// <param name="File">The file or folder.</param>
/// <param name="Element">The part, or null.</param>
internal sealed record VectorPath(string File, string? Element)
{
    /// <summary>A colon that belongs to a name of a file stays in it.</summary>
    public static VectorPath Of(string path)
    {
        var colon = path.LastIndexOf(':');
        return
            colon <= 0
            || colon == path.Length - 1
            || Path.Exists(path)
            || path[colon..].Contains('/') && !Path.Exists(path[..colon])
            ? new VectorPath(path, null)
            : new VectorPath(path[..colon], path[(colon + 1)..]);
    }
}
