namespace Expflow.Detection;

/// <summary>A program, or a system of them, that experiments may be set up with.</summary>
/// <param name="Name">Its name: <c>Lmod</c>, <c>apptainer</c>, <c>conda</c>.</param>
/// <param name="Version">Its version; null where it doesn't say.</param>
/// <param name="Where">The program's file, or the variable or file that tells of it.</param>
public sealed record Software(string Name, string? Version, string Where);
