using System.Text;
using VectorQuantization.Files;
using VectorQuantization.Problems;

namespace VectorQuantization.Quantisers;

/// <summary>A trained quantiser in a file of its own, with everything that encoding and decoding need.</summary>
/// <remarks>A <see cref="SealedFile"/>; the header names the method, and the contents are what <see cref="Quantiser.Write"/> writes.</remarks>
public static class QuantiserFile
{
    private const string Magic = "VQMODEL1";

    /// <summary>Writes a quantiser; a kill at any moment leaves the file that was there before, or the new one.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="quantiser">What to save.</param>
    /// <param name="label">The name of its settings that people read.</param>
    /// <returns>The file's fingerprint: <see cref="StoredQuantiser.Fingerprint"/>.</returns>
    /// <exception cref="BadInputException">The file can't be written.</exception>
    public static string Save(string path, Quantiser quantiser, string label) =>
        SealedFile.Write(
            path,
            Magic,
            header =>
            {
                header.WriteString("method", quantiser.Method);
                header.WriteString("label", label);
                header.WriteNumber("dimension", quantiser.Dimension);
                header.WriteNumber("code_bytes", quantiser.CodeBytes);
            },
            contents => Write(contents, quantiser)
        );

    /// <summary>Reads a quantiser of a method of the catalogue.</summary>
    /// <exception cref="BadInputException">The file is not there, something else, damaged, or of a method that isn't known.</exception>
    public static StoredQuantiser Load(string path) => Load(path, QuantiserCatalogue.Find);

    /// <summary>Reads a quantiser.</summary>
    /// <param name="path">The file.</param>
    /// <param name="find">The method of a name, or null.</param>
    /// <exception cref="BadInputException">The file is not there, something else, damaged, or of a method that isn't known.</exception>
    public static StoredQuantiser Load(string path, Func<string, QuantiserMethod?> find)
    {
        using var file = SealedFile.Open(path, Magic, "quantiser");
        return new StoredQuantiser(
            Read(file.Contents, file.Text("method"), path, find),
            file.Text("label"),
            file.Fingerprint
        );
    }

    internal static void Write(Stream to, Quantiser quantiser)
    {
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        quantiser.Write(writer);
    }

    internal static Quantiser Read(Stream from, string method, string path, Func<string, QuantiserMethod?> find)
    {
        var known =
            find(method)
            ?? throw new BadInputException(
                $"'{path}' holds a quantiser of the method '{method}', which this program doesn't know. It knows "
                    + $"{string.Join(", ", QuantiserCatalogue.All.Select(one => one.Name))}."
            );
        using var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
        return known.Load(reader);
    }
}
