using VectorQuantization.Files;
using VectorQuantization.Problems;

namespace VectorQuantization.Search;

/// <summary>Codes of many rows in a file that says what they are.</summary>
/// <remarks>
/// A <see cref="SealedFile"/>; the header has <c>method</c>, <c>label</c>, <c>dimension</c>, <c>count</c>, <c>code_bytes</c> and
/// <c>model</c>, the quantiser file's fingerprint. The contents are the codes, row after row.
/// </remarks>
public static class CodeFile
{
    private const string Magic = "VQCODES1";

    /// <summary>Writes codes; a kill at any moment leaves the file that was there before, or the new one.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="codes">All codes.</param>
    /// <param name="origin">What they are codes of.</param>
    /// <exception cref="BadInputException">The file can't be written.</exception>
    public static void Save(string path, CodeSet codes, CodeOrigin origin) =>
        SealedFile.Write(
            path,
            Magic,
            header =>
            {
                header.WriteString("method", origin.Method);
                header.WriteString("label", origin.Label);
                header.WriteNumber("dimension", origin.Dimension);
                header.WriteNumber("count", codes.Count);
                header.WriteNumber("code_bytes", codes.CodeBytes);
                header.WriteString("model", origin.Model);
            },
            codes.Write
        );

    /// <summary>Reads codes.</summary>
    /// <exception cref="BadInputException">The file is not there, something else, or damaged.</exception>
    public static StoredCodes Load(string path)
    {
        using var file = SealedFile.Open(path, Magic, "file of codes");
        var (count, codeBytes) = (file.Number("count"), (int)file.Number("code_bytes"));
        if (count * codeBytes != file.ContentBytes)
            throw new BadInputException(
                $"'{path}' tells of {count} codes of {codeBytes} bytes, which are {count * codeBytes} bytes, and holds "
                    + $"{file.ContentBytes}. Make it anew."
            );
        var codes = new CodeSet(codeBytes, count);
        codes.Read(file.Contents);
        return new StoredCodes(
            codes,
            new CodeOrigin(file.Text("method"), file.Text("label"), (int)file.Number("dimension"), file.Text("model"))
        );
    }
}
