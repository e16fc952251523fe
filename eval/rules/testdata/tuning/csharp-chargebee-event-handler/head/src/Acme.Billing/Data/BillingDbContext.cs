using Microsoft.EntityFrameworkCore;

namespace Acme.Billing.Data;

public class BillingDbContext : DbContext
{
    public BillingDbContext(DbContextOptions<BillingDbContext> options) : base(options)
    {
    }

    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<ProcessedEvent> ProcessedEvents => Set<ProcessedEvent>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Account>().HasIndex(a => a.ChargebeeId).IsUnique();
        model.Entity<ProcessedEvent>().HasKey(e => e.Id);
        model.Entity<ProcessedEvent>().HasIndex(e => e.OccurredAt);
    }
}
