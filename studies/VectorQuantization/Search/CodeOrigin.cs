using VectorQuantization.Problems;

namespace VectorQuantization.Search;

/// <summary>What the codes of a file are codes of.</summary>
/// <param name="Method">The method's name in the catalogue.</param>
/// <param name="Label">The name of its settings that people read.</param>
/// <param name="Dimension">Coordinates of a row that they decode to.</param>
/// <param name="Model">The fingerprint of the file of the quantiser that made them.</param>
public sealed record CodeOrigin(string Method, string Label, int Dimension, string Model)
{
    /// <summary>Refuses a quantiser that did not make these codes.</summary>
    /// <param name="codes">The file of the codes.</param>
    /// <param name="model">The file of the quantiser.</param>
    /// <param name="fingerprint">That file's fingerprint.</param>
    /// <exception cref="BadInputException">Another quantiser made them.</exception>
    public void RequireModel(string codes, string model, string fingerprint)
    {
        if (Model != fingerprint)
            throw new BadInputException(
                $"'{codes}' was made with a quantiser {Label} whose fingerprint is {Short(Model)}; '{model}' is "
                    + $"{Short(fingerprint)}. Give the file that it was made with."
            );
    }

    private static string Short(string fingerprint) => fingerprint.Length > 16 ? $"{fingerprint[..16]}…" : fingerprint;
}
