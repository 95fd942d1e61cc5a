using System.Text.Json;

namespace VectorQuantization.Files;

/// <summary>A <see cref="SealedFile"/> whose checksum is right, open at the first byte of its contents.</summary>
/// <param name="path">The file.</param>
/// <param name="contents">At the first byte of the contents.</param>
/// <param name="header">The header's object.</param>
/// <param name="contentBytes">Bytes of the contents.</param>
/// <param name="fingerprint">The checksum in hexadecimal.</param>
internal sealed class OpenedFile(
    string path,
    FileStream contents,
    JsonDocument header,
    long contentBytes,
    string fingerprint
) : IDisposable
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>At the first byte of the contents.</summary>
    public Stream Contents => contents;

    /// <summary>Bytes of the contents.</summary>
    public long ContentBytes => contentBytes;

    /// <summary>The checksum in hexadecimal.</summary>
    public string Fingerprint => fingerprint;

    /// <summary>A text of the header.</summary>
    public string Text(string name) => header.RootElement.GetProperty(name).GetString()!;

    /// <summary>A whole number of the header.</summary>
    public long Number(string name) => header.RootElement.GetProperty(name).GetInt64();

    /// <summary>A yes or no of the header.</summary>
    public bool Flag(string name) => header.RootElement.GetProperty(name).GetBoolean();

    /// <inheritdoc />
    public void Dispose()
    {
        contents.Dispose();
        header.Dispose();
    }
}
