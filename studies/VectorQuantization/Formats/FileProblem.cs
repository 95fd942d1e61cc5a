using VectorQuantization.Problems;

namespace VectorQuantization.Formats;

/// <summary>What the operating system says about a file, in words that help.</summary>
internal static class FileProblem
{
    public static BadInputException Of(string path, Exception cause) =>
        cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => new BadInputException(
                $"'{path}' does not exist. Paths are taken from '{Directory.GetCurrentDirectory()}'.",
                cause
            ),
            UnauthorizedAccessException => new BadInputException($"'{path}' may not be opened by this user.", cause),
            _ => new BadInputException($"'{path}': {cause.Message}", cause),
        };
}
