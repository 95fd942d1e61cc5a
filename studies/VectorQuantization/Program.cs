using VectorQuantization.Commands;

WideBuild.Enter(args);
return await CommandTree.RunAsync(args, Composition.OfThisProcess());
