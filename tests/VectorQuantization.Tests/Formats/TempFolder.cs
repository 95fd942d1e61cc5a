namespace VectorQuantization.Tests.Formats;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vq-").FullName;

    public string File(string name, params byte[][] parts)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllBytes(path, [.. parts.SelectMany(part => part)]);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
