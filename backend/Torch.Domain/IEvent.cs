namespace Torch.Domain;

/// <summary>Something that happened. Its class name, in Marten's alias form, is its name on disk: renaming one breaks old logs.</summary>
public interface IEvent;
