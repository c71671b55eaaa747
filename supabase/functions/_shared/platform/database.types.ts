export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  'public': {
    Tables: {
      'audit_log': {
        Row: {
          'action': string;
          'actor_id': string | null;
          'client_id': string | null;
          'details': NonNullable<Json>;
          'id': number;
          'occurred_at': string;
          'target_id': string | null;
          'target_type': string;
        };
        ComputedFields: never;
        Insert: {
          'action': string;
          'actor_id'?: string | null;
          'client_id'?: string | null;
          'details'?: NonNullable<Json>;
          'id'?: never;
          'occurred_at'?: string;
          'target_id'?: string | null;
          'target_type': string;
        };
        Update: {
          'action'?: string;
          'actor_id'?: string | null;
          'client_id'?: string | null;
          'details'?: NonNullable<Json>;
          'id'?: never;
          'occurred_at'?: string;
          'target_id'?: string | null;
          'target_type'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'audit_log_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'businesses': {
        Row: {
          'address': string | null;
          'campaign_id': string;
          'category': string | null;
          'city': string | null;
          'clicked_at': string | null;
          'client_id': string;
          'created_at': string;
          'custom_variables': NonNullable<Json>;
          'email': string | null;
          'email_deliverability': Database['public']['Enums']['email_deliverability'];
          'email_source': string | null;
          'email_status': string;
          'facebook_url': string | null;
          'first_name': string | null;
          'icebreaker': string | null;
          'id': string;
          'import_id': string | null;
          'is_role_address': boolean;
          'job_title': string | null;
          'last_name': string | null;
          'linkedin_contact_email': string | null;
          'linkedin_contact_email_deliverability': Database['public']['Enums']['email_deliverability'];
          'linkedin_contact_name': string | null;
          'linkedin_contact_title': string | null;
          'linkedin_contact_url': string | null;
          'linkedin_url': string | null;
          'name': string | null;
          'opened_at': string | null;
          'phone': string | null;
          'rating': number | null;
          'replied_at': string | null;
          'reply_count': number;
          'sent_at': string | null;
          'state': string | null;
          'subject_line': string | null;
          'updated_at': string;
          'website': string | null;
          'zip': string | null;
        };
        ComputedFields: never;
        Insert: {
          'address'?: string | null;
          'campaign_id': string;
          'category'?: string | null;
          'city'?: string | null;
          'clicked_at'?: string | null;
          'client_id': string;
          'created_at'?: string;
          'custom_variables'?: NonNullable<Json>;
          'email'?: string | null;
          'email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'email_source'?: string | null;
          'email_status'?: string;
          'facebook_url'?: string | null;
          'first_name'?: string | null;
          'icebreaker'?: string | null;
          'id'?: string;
          'import_id'?: string | null;
          'is_role_address'?: never;
          'job_title'?: string | null;
          'last_name'?: string | null;
          'linkedin_contact_email'?: string | null;
          'linkedin_contact_email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'linkedin_contact_name'?: string | null;
          'linkedin_contact_title'?: string | null;
          'linkedin_contact_url'?: string | null;
          'linkedin_url'?: string | null;
          'name'?: string | null;
          'opened_at'?: string | null;
          'phone'?: string | null;
          'rating'?: number | null;
          'replied_at'?: string | null;
          'reply_count'?: number;
          'sent_at'?: string | null;
          'state'?: string | null;
          'subject_line'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
          'zip'?: string | null;
        };
        Update: {
          'address'?: string | null;
          'campaign_id'?: string;
          'category'?: string | null;
          'city'?: string | null;
          'clicked_at'?: string | null;
          'client_id'?: string;
          'created_at'?: string;
          'custom_variables'?: NonNullable<Json>;
          'email'?: string | null;
          'email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'email_source'?: string | null;
          'email_status'?: string;
          'facebook_url'?: string | null;
          'first_name'?: string | null;
          'icebreaker'?: string | null;
          'id'?: string;
          'import_id'?: string | null;
          'is_role_address'?: never;
          'job_title'?: string | null;
          'last_name'?: string | null;
          'linkedin_contact_email'?: string | null;
          'linkedin_contact_email_deliverability'?: Database['public']['Enums']['email_deliverability'];
          'linkedin_contact_name'?: string | null;
          'linkedin_contact_title'?: string | null;
          'linkedin_contact_url'?: string | null;
          'linkedin_url'?: string | null;
          'name'?: string | null;
          'opened_at'?: string | null;
          'phone'?: string | null;
          'rating'?: number | null;
          'replied_at'?: string | null;
          'reply_count'?: number;
          'sent_at'?: string | null;
          'state'?: string | null;
          'subject_line'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
          'zip'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'businesses_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'businesses_import_id_fkey';
            columns: ['import_id'];
            isOneToOne: false;
            referencedRelation: 'client_imports';
            referencedColumns: ['import_id'];
          },
          {
            foreignKeyName: 'businesses_import_id_fkey';
            columns: ['import_id'];
            isOneToOne: false;
            referencedRelation: 'imports';
            referencedColumns: ['id'];
          },
        ];
      };
      'campaign_activity': {
        Row: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'clicks': number;
          'client_id': string;
          'contacted': number;
          'day': string;
          'observed_at': string;
          'opened': number;
          'opens': number;
          'replied': number;
          'replied_overruled': number;
          'replies': number;
          'sent': number;
          'unsubscribed': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id': string;
          'contacted'?: number;
          'day': string;
          'observed_at'?: string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replied_overruled'?: number;
          'replies'?: number;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'day'?: string;
          'observed_at'?: string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replied_overruled'?: number;
          'replies'?: number;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_activity_totals': {
        Row: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'clicks': number;
          'client_id': string;
          'contacted': number;
          'last_event_at': string | null;
          'observed_at': string;
          'opened': number;
          'opens': number;
          'replied': number;
          'replied_overruled': number;
          'replies': number;
          'sent': number;
          'unsubscribed': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id': string;
          'contacted'?: number;
          'last_event_at'?: string | null;
          'observed_at'?: string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replied_overruled'?: number;
          'replies'?: number;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'last_event_at'?: string | null;
          'observed_at'?: string;
          'opened'?: number;
          'opens'?: number;
          'replied'?: number;
          'replied_overruled'?: number;
          'replies'?: number;
          'sent'?: number;
          'unsubscribed'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_activity_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_analytics': {
        Row: {
          'auto_replies': number;
          'bounced': number | null;
          'campaign_id': string;
          'clicked': number;
          'clicks': number;
          'client_id': string;
          'contacted': number;
          'day': string;
          'new_contacted': number;
          'opened': number;
          'opens': number;
          'opportunities': number;
          'replied': number;
          'replies': number;
          'sent': number;
          'synced_at': string;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number | null;
          'campaign_id': string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id': string;
          'contacted'?: number;
          'day': string;
          'new_contacted'?: number;
          'opened'?: number;
          'opens'?: number;
          'opportunities'?: number;
          'replied'?: number;
          'replies'?: number;
          'sent'?: number;
          'synced_at': string;
          'unsubscribed'?: number | null;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number | null;
          'campaign_id'?: string;
          'clicked'?: number;
          'clicks'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'day'?: string;
          'new_contacted'?: number;
          'opened'?: number;
          'opens'?: number;
          'opportunities'?: number;
          'replied'?: number;
          'replies'?: number;
          'sent'?: number;
          'synced_at'?: string;
          'unsubscribed'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_analytics_totals': {
        Row: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'client_id': string;
          'completed': number;
          'contacted': number;
          'leads': number;
          'opened': number;
          'opportunities': number;
          'opportunity_value': number;
          'replied': number;
          'sent': number;
          'synced_at': string;
          'unsubscribed': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'client_id': string;
          'completed'?: number;
          'contacted'?: number;
          'leads'?: number;
          'opened'?: number;
          'opportunities'?: number;
          'opportunity_value'?: number;
          'replied'?: number;
          'sent'?: number;
          'synced_at': string;
          'unsubscribed'?: number;
        };
        Update: {
          'auto_replies'?: number;
          'bounced'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'client_id'?: string;
          'completed'?: number;
          'contacted'?: number;
          'leads'?: number;
          'opened'?: number;
          'opportunities'?: number;
          'opportunity_value'?: number;
          'replied'?: number;
          'sent'?: number;
          'synced_at'?: string;
          'unsubscribed'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: true;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_analytics_totals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_approvals': {
        Row: {
          'answer_comment': string | null;
          'answered_at': string | null;
          'answered_by': string | null;
          'campaign_id': string;
          'client_id': string;
          'fingerprint': string;
          'id': string;
          'lead_count': number;
          'request_comment': string | null;
          'requested_at': string;
          'requested_by': string | null;
          'state': Database['public']['Enums']['approval_state'];
        };
        ComputedFields: never;
        Insert: {
          'answer_comment'?: string | null;
          'answered_at'?: string | null;
          'answered_by'?: string | null;
          'campaign_id': string;
          'client_id': string;
          'fingerprint': string;
          'id'?: string;
          'lead_count': number;
          'request_comment'?: string | null;
          'requested_at'?: string;
          'requested_by'?: string | null;
          'state'?: Database['public']['Enums']['approval_state'];
        };
        Update: {
          'answer_comment'?: string | null;
          'answered_at'?: string | null;
          'answered_by'?: string | null;
          'campaign_id'?: string;
          'client_id'?: string;
          'fingerprint'?: string;
          'id'?: string;
          'lead_count'?: number;
          'request_comment'?: string | null;
          'requested_at'?: string;
          'requested_by'?: string | null;
          'state'?: Database['public']['Enums']['approval_state'];
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_approvals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_approvals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_approvals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_first_times': {
        Row: {
          'campaign_id': string;
          'clicked': number;
          'client_id': string;
          'contacted': number;
          'day': string;
          'opened': number;
          'replied': number;
        };
        ComputedFields: never;
        Insert: {
          'campaign_id': string;
          'clicked'?: number;
          'client_id': string;
          'contacted'?: number;
          'day': string;
          'opened'?: number;
          'replied'?: number;
        };
        Update: {
          'campaign_id'?: string;
          'clicked'?: number;
          'client_id'?: string;
          'contacted'?: number;
          'day'?: string;
          'opened'?: number;
          'replied'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_first_times_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_first_times_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_first_times_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_step_activity': {
        Row: {
          'auto_replies': number;
          'campaign_id': string;
          'clicked': number;
          'client_id': string;
          'observed_at': string;
          'opened': number;
          'replied': number;
          'replied_overruled': number;
          'sent': number;
          'step': number;
          'variant': number;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'client_id': string;
          'observed_at'?: string;
          'opened'?: number;
          'replied'?: number;
          'replied_overruled'?: number;
          'sent'?: number;
          'step': number;
          'variant': number;
        };
        Update: {
          'auto_replies'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'client_id'?: string;
          'observed_at'?: string;
          'opened'?: number;
          'replied'?: number;
          'replied_overruled'?: number;
          'sent'?: number;
          'step'?: number;
          'variant'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_step_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_activity_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_step_analytics': {
        Row: {
          'auto_replies': number;
          'campaign_id': string;
          'clicked': number;
          'client_id': string;
          'meetings': number | null;
          'opened': number;
          'opportunities': number | null;
          'replied': number;
          'sent': number;
          'step': number;
          'synced_at': string;
          'variant': number;
          'won': number | null;
        };
        ComputedFields: never;
        Insert: {
          'auto_replies'?: number;
          'campaign_id': string;
          'clicked'?: number;
          'client_id': string;
          'meetings'?: number | null;
          'opened'?: number;
          'opportunities'?: number | null;
          'replied'?: number;
          'sent'?: number;
          'step': number;
          'synced_at': string;
          'variant': number;
          'won'?: number | null;
        };
        Update: {
          'auto_replies'?: number;
          'campaign_id'?: string;
          'clicked'?: number;
          'client_id'?: string;
          'meetings'?: number | null;
          'opened'?: number;
          'opportunities'?: number | null;
          'replied'?: number;
          'sent'?: number;
          'step'?: number;
          'synced_at'?: string;
          'variant'?: number;
          'won'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_step_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaign_step_analytics_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaigns': {
        Row: {
          'client_id': string;
          'connection_id': string | null;
          'created_at': string;
          'daily_limit': number | null;
          'end_on': string | null;
          'footer': string | null;
          'generation_status': Database['public']['Enums']['generation_status'];
          'holiday_countries': (string)[];
          'id': string;
          'name': string;
          'plain_text': boolean;
          'provider': Database['public']['Enums']['provider'] | null;
          'provider_status': Database['public']['Enums']['provider_campaign_status'] | null;
          'provider_status_at': string | null;
          'sending_account_tags': (string)[];
          'sending_accounts': (string)[];
          'sending_days': (number)[];
          'sending_from': string;
          'sending_to': string;
          'sequence': Json | null;
          'start_on': string | null;
          'stop_for_company': boolean;
          'stop_on_reply': boolean;
          'synced_at': string | null;
          'time_zone': string;
          'track_clicks': boolean;
          'track_opens': boolean;
          'unsubscribe_header': boolean;
          'unsubscribe_text': string | null;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'connection_id'?: string | null;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'end_on'?: string | null;
          'footer'?: string | null;
          'generation_status'?: Database['public']['Enums']['generation_status'];
          'holiday_countries'?: (string)[];
          'id'?: string;
          'name': string;
          'plain_text'?: boolean;
          'provider'?: Database['public']['Enums']['provider'] | null;
          'provider_status'?: Database['public']['Enums']['provider_campaign_status'] | null;
          'provider_status_at'?: string | null;
          'sending_account_tags'?: (string)[];
          'sending_accounts'?: (string)[];
          'sending_days'?: (number)[];
          'sending_from'?: string;
          'sending_to'?: string;
          'sequence'?: Json | null;
          'start_on'?: string | null;
          'stop_for_company'?: boolean;
          'stop_on_reply'?: boolean;
          'synced_at'?: string | null;
          'time_zone'?: string;
          'track_clicks'?: boolean;
          'track_opens'?: boolean;
          'unsubscribe_header'?: boolean;
          'unsubscribe_text'?: string | null;
          'updated_at'?: string;
        };
        Update: {
          'client_id'?: string;
          'connection_id'?: string | null;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'end_on'?: string | null;
          'footer'?: string | null;
          'generation_status'?: Database['public']['Enums']['generation_status'];
          'holiday_countries'?: (string)[];
          'id'?: string;
          'name'?: string;
          'plain_text'?: boolean;
          'provider'?: Database['public']['Enums']['provider'] | null;
          'provider_status'?: Database['public']['Enums']['provider_campaign_status'] | null;
          'provider_status_at'?: string | null;
          'sending_account_tags'?: (string)[];
          'sending_accounts'?: (string)[];
          'sending_days'?: (number)[];
          'sending_from'?: string;
          'sending_to'?: string;
          'sequence'?: Json | null;
          'start_on'?: string | null;
          'stop_for_company'?: boolean;
          'stop_on_reply'?: boolean;
          'synced_at'?: string | null;
          'time_zone'?: string;
          'track_clicks'?: boolean;
          'track_opens'?: boolean;
          'unsubscribe_header'?: boolean;
          'unsubscribe_text'?: string | null;
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'client_changes': {
        Row: {
          'client_id': string | null;
          'id': number;
          'jobs_changed_at': string | null;
          'jobs_published_at': string | null;
          'replies_changed_at': string | null;
          'replies_published_at': string | null;
          'stats_changed_at': string | null;
          'stats_published_at': string | null;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'id'?: never;
          'jobs_changed_at'?: string | null;
          'jobs_published_at'?: string | null;
          'replies_changed_at'?: string | null;
          'replies_published_at'?: string | null;
          'stats_changed_at'?: string | null;
          'stats_published_at'?: string | null;
        };
        Update: {
          'client_id'?: string | null;
          'id'?: never;
          'jobs_changed_at'?: string | null;
          'jobs_published_at'?: string | null;
          'replies_changed_at'?: string | null;
          'replies_published_at'?: string | null;
          'stats_changed_at'?: string | null;
          'stats_published_at'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_logos': {
        Row: {
          'client_id': string;
          'image': string;
          'updated_at': string;
          'version': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'image': string;
          'updated_at'?: string;
          'version': string;
        };
        Update: {
          'client_id'?: string;
          'image'?: string;
          'updated_at'?: string;
          'version'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_logos_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_reports': {
        Row: {
          'client_id': string;
          'created_at': string;
          'from_day': string;
          'id': string;
          'kind': Database['public']['Enums']['report_kind'];
          'requested_by': string | null;
          'scheduled_at': string | null;
          'sent_at': string | null;
          'skipped': string | null;
          'snapshot': Json | null;
          'to_day': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'created_at'?: string;
          'from_day': string;
          'id'?: string;
          'kind': Database['public']['Enums']['report_kind'];
          'requested_by'?: string | null;
          'scheduled_at'?: string | null;
          'sent_at'?: string | null;
          'skipped'?: string | null;
          'snapshot'?: Json | null;
          'to_day': string;
        };
        Update: {
          'client_id'?: string;
          'created_at'?: string;
          'from_day'?: string;
          'id'?: string;
          'kind'?: Database['public']['Enums']['report_kind'];
          'requested_by'?: string | null;
          'scheduled_at'?: string | null;
          'sent_at'?: string | null;
          'skipped'?: string | null;
          'snapshot'?: Json | null;
          'to_day'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_reports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'clients': {
        Row: {
          'approval_required': boolean;
          'archived_at': string | null;
          'created_at': string;
          'currency': string;
          'id': string;
          'integration_enabled': boolean;
          'may_see_connection': boolean;
          'may_see_costs': boolean;
          'name': string;
          'positive_reply_value': number | null;
          'removal_requested_at': string | null;
          'time_zone': string;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'approval_required'?: boolean;
          'archived_at'?: string | null;
          'created_at'?: string;
          'currency'?: string;
          'id'?: string;
          'integration_enabled'?: boolean;
          'may_see_connection'?: boolean;
          'may_see_costs'?: boolean;
          'name': string;
          'positive_reply_value'?: number | null;
          'removal_requested_at'?: string | null;
          'time_zone'?: string;
          'updated_at'?: string;
        };
        Update: {
          'approval_required'?: boolean;
          'archived_at'?: string | null;
          'created_at'?: string;
          'currency'?: string;
          'id'?: string;
          'integration_enabled'?: boolean;
          'may_see_connection'?: boolean;
          'may_see_costs'?: boolean;
          'name'?: string;
          'positive_reply_value'?: number | null;
          'removal_requested_at'?: string | null;
          'time_zone'?: string;
          'updated_at'?: string;
        };
        Relationships: [];
      };
      'cost_entries': {
        Row: {
          'amount': number;
          'campaign_id': string | null;
          'client_id': string;
          'created_at': string;
          'created_by': string | null;
          'currency': string;
          'id': string;
          'kind': Database['public']['Enums']['cost_kind'];
          'note': string | null;
          'spent_on': string;
        };
        ComputedFields: never;
        Insert: {
          'amount': number;
          'campaign_id'?: string | null;
          'client_id': string;
          'created_at'?: string;
          'created_by'?: string | null;
          'currency': string;
          'id'?: string;
          'kind': Database['public']['Enums']['cost_kind'];
          'note'?: string | null;
          'spent_on': string;
        };
        Update: {
          'amount'?: number;
          'campaign_id'?: string | null;
          'client_id'?: string;
          'created_at'?: string;
          'created_by'?: string | null;
          'currency'?: string;
          'id'?: string;
          'kind'?: Database['public']['Enums']['cost_kind'];
          'note'?: string | null;
          'spent_on'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'cost_entries_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'cost_entries_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'cost_entries_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'cost_entries_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'cost_entries_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'cost_entries_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'crm_connections': {
        Row: {
          'account_host': string;
          'account_id': string;
          'client_id': string | null;
          'created_at': string;
          'currency': string | null;
          'events': (Database['public']['Enums']['outgoing_event_type'])[];
          'failing_since': string | null;
          'hold_until': string | null;
          'id': string;
          'last_error': string | null;
          'last_push_at': string | null;
          'last_read_at': string | null;
          'lead_stage_id': string;
          'mapping': NonNullable<Json>;
          'meeting_stage_id': string | null;
          'pipeline_id': string;
          'pipeline_name': string;
          'provider': Database['public']['Enums']['crm_provider'];
          'stages': NonNullable<Json>;
          'switched_off_at': string | null;
          'switched_off_reason': string | null;
          'token_last4': string;
          'unsubscribed_property': string | null;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'account_host': string;
          'account_id': string;
          'client_id'?: string | null;
          'created_at'?: string;
          'currency'?: string | null;
          'events': (Database['public']['Enums']['outgoing_event_type'])[];
          'failing_since'?: string | null;
          'hold_until'?: string | null;
          'id'?: string;
          'last_error'?: string | null;
          'last_push_at'?: string | null;
          'last_read_at'?: string | null;
          'lead_stage_id': string;
          'mapping'?: NonNullable<Json>;
          'meeting_stage_id'?: string | null;
          'pipeline_id': string;
          'pipeline_name': string;
          'provider'?: Database['public']['Enums']['crm_provider'];
          'stages'?: NonNullable<Json>;
          'switched_off_at'?: string | null;
          'switched_off_reason'?: string | null;
          'token_last4': string;
          'unsubscribed_property'?: string | null;
          'updated_at'?: string;
        };
        Update: {
          'account_host'?: string;
          'account_id'?: string;
          'client_id'?: string | null;
          'created_at'?: string;
          'currency'?: string | null;
          'events'?: (Database['public']['Enums']['outgoing_event_type'])[];
          'failing_since'?: string | null;
          'hold_until'?: string | null;
          'id'?: string;
          'last_error'?: string | null;
          'last_push_at'?: string | null;
          'last_read_at'?: string | null;
          'lead_stage_id'?: string;
          'mapping'?: NonNullable<Json>;
          'meeting_stage_id'?: string | null;
          'pipeline_id'?: string;
          'pipeline_name'?: string;
          'provider'?: Database['public']['Enums']['crm_provider'];
          'stages'?: NonNullable<Json>;
          'switched_off_at'?: string | null;
          'switched_off_reason'?: string | null;
          'token_last4'?: string;
          'unsubscribed_property'?: string | null;
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: true;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'crm_records': {
        Row: {
          'amount': number | null;
          'checked_at': string;
          'client_id': string;
          'connection_id': string;
          'contact_id': string | null;
          'created_at': string;
          'currency': string | null;
          'deal_gone_at': string | null;
          'deal_id': string | null;
          'lead_id': string;
          'open_stage_id': string | null;
          'reported_stage_id': string | null;
          'reported_status': string | null;
          'stage_at': string | null;
          'stage_id': string | null;
        };
        ComputedFields: never;
        Insert: {
          'amount'?: number | null;
          'checked_at'?: string;
          'client_id': string;
          'connection_id': string;
          'contact_id'?: string | null;
          'created_at'?: string;
          'currency'?: string | null;
          'deal_gone_at'?: string | null;
          'deal_id'?: string | null;
          'lead_id': string;
          'open_stage_id'?: string | null;
          'reported_stage_id'?: string | null;
          'reported_status'?: string | null;
          'stage_at'?: string | null;
          'stage_id'?: string | null;
        };
        Update: {
          'amount'?: number | null;
          'checked_at'?: string;
          'client_id'?: string;
          'connection_id'?: string;
          'contact_id'?: string | null;
          'created_at'?: string;
          'currency'?: string | null;
          'deal_gone_at'?: string | null;
          'deal_id'?: string | null;
          'lead_id'?: string;
          'open_stage_id'?: string | null;
          'reported_stage_id'?: string | null;
          'reported_status'?: string | null;
          'stage_at'?: string | null;
          'stage_id'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_records_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'crm_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'crm_records_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'crm_records_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'crm_records_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_timeline';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'crm_records_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'synced_leads';
            referencedColumns: ['id'];
          },
        ];
      };
      'domain_listings': {
        Row: {
          'address': string;
          'blacklist': string;
          'domain': string;
          'listed_at': string;
          'removal_url': string | null;
          'seen_at': string;
        };
        ComputedFields: never;
        Insert: {
          'address': string;
          'blacklist': string;
          'domain': string;
          'listed_at': string;
          'removal_url'?: string | null;
          'seen_at': string;
        };
        Update: {
          'address'?: string;
          'blacklist'?: string;
          'domain'?: string;
          'listed_at'?: string;
          'removal_url'?: string | null;
          'seen_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'domain_listings_domain_fkey';
            columns: ['domain'];
            isOneToOne: false;
            referencedRelation: 'operator_sending_domains';
            referencedColumns: ['domain'];
          },
          {
            foreignKeyName: 'domain_listings_domain_fkey';
            columns: ['domain'];
            isOneToOne: false;
            referencedRelation: 'sending_domains';
            referencedColumns: ['domain'];
          },
        ];
      };
      'email_account_days': {
        Row: {
          'account_id': string;
          'auto_replies': number;
          'auto_replies_observed': number;
          'auto_replies_reported': number;
          'bounced': number;
          'bounced_observed': number;
          'bounced_reported': number;
          'clicked': number;
          'clicks': number;
          'clicks_observed': number;
          'clicks_reported': number;
          'client_id': string | null;
          'contacted': number;
          'day': string;
          'opened': number;
          'opens': number;
          'opens_observed': number;
          'opens_reported': number;
          'replied': number;
          'replies': number;
          'replies_observed': number;
          'replies_overruled': number;
          'replies_reported': number;
          'sent': number;
          'sent_observed': number;
          'sent_reported': number;
        };
        ComputedFields: never;
        Insert: {
          'account_id': string;
          'auto_replies'?: never;
          'auto_replies_observed'?: number;
          'auto_replies_reported'?: number;
          'bounced'?: never;
          'bounced_observed'?: number;
          'bounced_reported'?: number;
          'clicked'?: number;
          'clicks'?: never;
          'clicks_observed'?: number;
          'clicks_reported'?: number;
          'client_id'?: string | null;
          'contacted'?: number;
          'day': string;
          'opened'?: number;
          'opens'?: never;
          'opens_observed'?: number;
          'opens_reported'?: number;
          'replied'?: number;
          'replies'?: never;
          'replies_observed'?: number;
          'replies_overruled'?: number;
          'replies_reported'?: number;
          'sent'?: never;
          'sent_observed'?: number;
          'sent_reported'?: number;
        };
        Update: {
          'account_id'?: string;
          'auto_replies'?: never;
          'auto_replies_observed'?: number;
          'auto_replies_reported'?: number;
          'bounced'?: never;
          'bounced_observed'?: number;
          'bounced_reported'?: number;
          'clicked'?: number;
          'clicks'?: never;
          'clicks_observed'?: number;
          'clicks_reported'?: number;
          'client_id'?: string | null;
          'contacted'?: number;
          'day'?: string;
          'opened'?: number;
          'opens'?: never;
          'opens_observed'?: number;
          'opens_reported'?: number;
          'replied'?: number;
          'replies'?: never;
          'replies_observed'?: number;
          'replies_overruled'?: number;
          'replies_reported'?: number;
          'sent'?: never;
          'sent_observed'?: number;
          'sent_reported'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'email_account_days_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'email_account_health';
            referencedColumns: ['account_id'];
          },
          {
            foreignKeyName: 'email_account_days_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'email_accounts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_account_days_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'operator_email_accounts';
            referencedColumns: ['account_id'];
          },
          {
            foreignKeyName: 'email_account_days_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placements';
            referencedColumns: ['account_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_account_days_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'email_accounts': {
        Row: {
          'client_id': string | null;
          'connection_id': string;
          'created_at': string;
          'daily_limit': number | null;
          'days_synced_at': string | null;
          'email': string;
          'id': string;
          'last_synced_at': string;
          'provider_kind': string | null;
          'provider_updated_at': string | null;
          'sent_today': number;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason': string | null;
          'tags': (string)[];
          'warmup_landed_inbox': number | null;
          'warmup_landed_spam': number | null;
          'warmup_score': number | null;
          'warmup_sent': number | null;
          'warmup_status': string | null;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'connection_id': string;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'days_synced_at'?: string | null;
          'email': string;
          'id'?: string;
          'last_synced_at'?: string;
          'provider_kind'?: string | null;
          'provider_updated_at'?: string | null;
          'sent_today'?: number;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason'?: string | null;
          'tags'?: (string)[];
          'warmup_landed_inbox'?: number | null;
          'warmup_landed_spam'?: number | null;
          'warmup_score'?: number | null;
          'warmup_sent'?: number | null;
          'warmup_status'?: string | null;
        };
        Update: {
          'client_id'?: string | null;
          'connection_id'?: string;
          'created_at'?: string;
          'daily_limit'?: number | null;
          'days_synced_at'?: string | null;
          'email'?: string;
          'id'?: string;
          'last_synced_at'?: string;
          'provider_kind'?: string | null;
          'provider_updated_at'?: string | null;
          'sent_today'?: number;
          'status'?: Database['public']['Enums']['email_account_status'];
          'status_reason'?: string | null;
          'tags'?: (string)[];
          'warmup_landed_inbox'?: number | null;
          'warmup_landed_spam'?: number | null;
          'warmup_score'?: number | null;
          'warmup_sent'?: number | null;
          'warmup_status'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'email_events': {
        Row: {
          'bounce_class': Database['public']['Enums']['bounce_class'] | null;
          'campaign_id': string | null;
          'client_id': string | null;
          'connection_id': string;
          'email': string | null;
          'email_account': string | null;
          'id': number;
          'is_inferred': boolean;
          'label': string | null;
          'lead_id': string | null;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'received_at': string;
          'step': number | null;
          'time_is_arrival': boolean;
          'type': Database['public']['Enums']['email_event_type'];
          'variant': number | null;
        };
        ComputedFields: never;
        Insert: {
          'bounce_class'?: Database['public']['Enums']['bounce_class'] | null;
          'campaign_id'?: string | null;
          'client_id'?: string | null;
          'connection_id': string;
          'email'?: string | null;
          'email_account'?: string | null;
          'id': number;
          'is_inferred'?: boolean;
          'label'?: string | null;
          'lead_id'?: string | null;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'received_at': string;
          'step'?: number | null;
          'time_is_arrival'?: boolean;
          'type': Database['public']['Enums']['email_event_type'];
          'variant'?: number | null;
        };
        Update: {
          'bounce_class'?: Database['public']['Enums']['bounce_class'] | null;
          'campaign_id'?: string | null;
          'client_id'?: string | null;
          'connection_id'?: string;
          'email'?: string | null;
          'email_account'?: string | null;
          'id'?: number;
          'is_inferred'?: boolean;
          'label'?: string | null;
          'lead_id'?: string | null;
          'occurred_at'?: string;
          'provider'?: Database['public']['Enums']['provider'];
          'received_at'?: string;
          'step'?: number | null;
          'time_is_arrival'?: boolean;
          'type'?: Database['public']['Enums']['email_event_type'];
          'variant'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
        ];
      };
      'export_receipts': {
        Row: {
          'business_id': string;
          'campaign_id': string;
          'client_id': string;
          'detail': string | null;
          'email': string | null;
          'export_id': string;
          'id': number;
          'outcome': Database['public']['Enums']['export_outcome'];
          'reason': string | null;
          'recipient': Database['public']['Enums']['export_recipient'];
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'business_id': string;
          'campaign_id': string;
          'client_id': string;
          'detail'?: string | null;
          'email'?: string | null;
          'export_id': string;
          'id'?: never;
          'outcome': Database['public']['Enums']['export_outcome'];
          'reason'?: string | null;
          'recipient': Database['public']['Enums']['export_recipient'];
          'updated_at'?: string;
        };
        Update: {
          'business_id'?: string;
          'campaign_id'?: string;
          'client_id'?: string;
          'detail'?: string | null;
          'email'?: string | null;
          'export_id'?: string;
          'id'?: never;
          'outcome'?: Database['public']['Enums']['export_outcome'];
          'reason'?: string | null;
          'recipient'?: Database['public']['Enums']['export_recipient'];
          'updated_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'export_receipts_business_id_fkey';
            columns: ['business_id'];
            isOneToOne: false;
            referencedRelation: 'businesses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'export_receipts_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'export_receipts_export_id_fkey';
            columns: ['export_id'];
            isOneToOne: false;
            referencedRelation: 'client_exports';
            referencedColumns: ['export_id'];
          },
        ];
      };
      'import_mappings': {
        Row: {
          'client_id': string;
          'heading': string;
          'target': string;
          'updated_at': string;
          'variable': string | null;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'heading': string;
          'target': string;
          'updated_at'?: string;
          'variable'?: string | null;
        };
        Update: {
          'client_id'?: string;
          'heading'?: string;
          'target'?: string;
          'updated_at'?: string;
          'variable'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'import_mappings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'import_rows': {
        Row: {
          'business_id': string | null;
          'campaign_id': string;
          'cells': Json | null;
          'changes': Json | null;
          'client_id': string;
          'email': string | null;
          'flags': (string)[];
          'import_id': string;
          'outcome': Database['public']['Enums']['import_outcome'];
          'reason': string | null;
          'row_number': number;
        };
        ComputedFields: never;
        Insert: {
          'business_id'?: string | null;
          'campaign_id': string;
          'cells'?: Json | null;
          'changes'?: Json | null;
          'client_id': string;
          'email'?: string | null;
          'flags'?: (string)[];
          'import_id': string;
          'outcome': Database['public']['Enums']['import_outcome'];
          'reason'?: string | null;
          'row_number': number;
        };
        Update: {
          'business_id'?: string | null;
          'campaign_id'?: string;
          'cells'?: Json | null;
          'changes'?: Json | null;
          'client_id'?: string;
          'email'?: string | null;
          'flags'?: (string)[];
          'import_id'?: string;
          'outcome'?: Database['public']['Enums']['import_outcome'];
          'reason'?: string | null;
          'row_number'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'import_rows_import_id_fkey';
            columns: ['import_id'];
            isOneToOne: false;
            referencedRelation: 'client_imports';
            referencedColumns: ['import_id'];
          },
          {
            foreignKeyName: 'import_rows_import_id_fkey';
            columns: ['import_id'];
            isOneToOne: false;
            referencedRelation: 'imports';
            referencedColumns: ['id'];
          },
        ];
      };
      'imports': {
        Row: {
          'allow_other_campaigns': boolean;
          'campaign_id': string;
          'client_id': string;
          'consent_note': string | null;
          'consent_source': string | null;
          'counts': NonNullable<Json>;
          'created_at': string;
          'done_rows': number;
          'file_checksum': string | null;
          'file_name': string;
          'finished_at': string | null;
          'flags': NonNullable<Json>;
          'format': NonNullable<Json>;
          'id': string;
          'mapping': NonNullable<Json>;
          'requested_by': string | null;
          'status': Database['public']['Enums']['import_status'];
          'total_rows': number | null;
          'undo_result': Json | null;
          'undone_at': string | null;
          'undone_by': string | null;
          'update_existing': boolean;
          'updated_at': string;
          'verification': Database['public']['Enums']['import_verification'];
          'verification_at': string | null;
          'verification_by': string | null;
        };
        ComputedFields: never;
        Insert: {
          'allow_other_campaigns'?: boolean;
          'campaign_id': string;
          'client_id': string;
          'consent_note'?: string | null;
          'consent_source'?: string | null;
          'counts'?: NonNullable<Json>;
          'created_at'?: string;
          'done_rows'?: number;
          'file_checksum'?: string | null;
          'file_name': string;
          'finished_at'?: string | null;
          'flags'?: NonNullable<Json>;
          'format'?: NonNullable<Json>;
          'id'?: string;
          'mapping': NonNullable<Json>;
          'requested_by'?: string | null;
          'status'?: Database['public']['Enums']['import_status'];
          'total_rows'?: number | null;
          'undo_result'?: Json | null;
          'undone_at'?: string | null;
          'undone_by'?: string | null;
          'update_existing'?: boolean;
          'updated_at'?: string;
          'verification': Database['public']['Enums']['import_verification'];
          'verification_at'?: string | null;
          'verification_by'?: string | null;
        };
        Update: {
          'allow_other_campaigns'?: boolean;
          'campaign_id'?: string;
          'client_id'?: string;
          'consent_note'?: string | null;
          'consent_source'?: string | null;
          'counts'?: NonNullable<Json>;
          'created_at'?: string;
          'done_rows'?: number;
          'file_checksum'?: string | null;
          'file_name'?: string;
          'finished_at'?: string | null;
          'flags'?: NonNullable<Json>;
          'format'?: NonNullable<Json>;
          'id'?: string;
          'mapping'?: NonNullable<Json>;
          'requested_by'?: string | null;
          'status'?: Database['public']['Enums']['import_status'];
          'total_rows'?: number | null;
          'undo_result'?: Json | null;
          'undone_at'?: string | null;
          'undone_by'?: string | null;
          'update_existing'?: boolean;
          'updated_at'?: string;
          'verification'?: Database['public']['Enums']['import_verification'];
          'verification_at'?: string | null;
          'verification_by'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'incidents': {
        Row: {
          'acknowledged_at': string | null;
          'acknowledged_by': string | null;
          'acknowledged_note': string | null;
          'acknowledged_occurrences': number | null;
          'client_id': string | null;
          'closed_at': string | null;
          'connection_id': string | null;
          'delivery': string;
          'delivery_attempts': number;
          'delivery_error': string | null;
          'details': string | null;
          'id': string;
          'kind': string;
          'next_attempt_at': string;
          'occurrences': number;
          'opened_at': string;
          'queued_at': string | null;
          'request_id': number | null;
          'sent_at': string | null;
          'sent_occurrences': number | null;
          'subject': string;
          'text': string | null;
        };
        ComputedFields: never;
        Insert: {
          'acknowledged_at'?: string | null;
          'acknowledged_by'?: string | null;
          'acknowledged_note'?: string | null;
          'acknowledged_occurrences'?: number | null;
          'client_id'?: string | null;
          'closed_at'?: string | null;
          'connection_id'?: string | null;
          'delivery'?: string;
          'delivery_attempts'?: number;
          'delivery_error'?: string | null;
          'details'?: string | null;
          'id'?: string;
          'kind': string;
          'next_attempt_at'?: string;
          'occurrences'?: number;
          'opened_at'?: string;
          'queued_at'?: string | null;
          'request_id'?: number | null;
          'sent_at'?: string | null;
          'sent_occurrences'?: number | null;
          'subject'?: string;
          'text'?: string | null;
        };
        Update: {
          'acknowledged_at'?: string | null;
          'acknowledged_by'?: string | null;
          'acknowledged_note'?: string | null;
          'acknowledged_occurrences'?: number | null;
          'client_id'?: string | null;
          'closed_at'?: string | null;
          'connection_id'?: string | null;
          'delivery'?: string;
          'delivery_attempts'?: number;
          'delivery_error'?: string | null;
          'details'?: string | null;
          'id'?: string;
          'kind'?: string;
          'next_attempt_at'?: string;
          'occurrences'?: number;
          'opened_at'?: string;
          'queued_at'?: string | null;
          'request_id'?: number | null;
          'sent_at'?: string | null;
          'sent_occurrences'?: number | null;
          'subject'?: string;
          'text'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'meeting_changes': {
        Row: {
          'campaign_id': string;
          'changed_by': string | null;
          'client_id': string;
          'currency': string | null;
          'happened_at': string;
          'id': number;
          'is_followed': boolean;
          'lead_id': string;
          'meeting_id': string;
          'note': string | null;
          'occurs_at': string | null;
          'recorded_at': string;
          'source': Database['public']['Enums']['meeting_source'];
          'status': Database['public']['Enums']['meeting_status'] | null;
          'value': number | null;
        };
        ComputedFields: never;
        Insert: {
          'campaign_id': string;
          'changed_by'?: string | null;
          'client_id': string;
          'currency'?: string | null;
          'happened_at': string;
          'id'?: never;
          'is_followed': boolean;
          'lead_id': string;
          'meeting_id': string;
          'note'?: string | null;
          'occurs_at'?: string | null;
          'recorded_at'?: string;
          'source': Database['public']['Enums']['meeting_source'];
          'status'?: Database['public']['Enums']['meeting_status'] | null;
          'value'?: number | null;
        };
        Update: {
          'campaign_id'?: string;
          'changed_by'?: string | null;
          'client_id'?: string;
          'currency'?: string | null;
          'happened_at'?: string;
          'id'?: never;
          'is_followed'?: boolean;
          'lead_id'?: string;
          'meeting_id'?: string;
          'note'?: string | null;
          'occurs_at'?: string | null;
          'recorded_at'?: string;
          'source'?: Database['public']['Enums']['meeting_source'];
          'status'?: Database['public']['Enums']['meeting_status'] | null;
          'value'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'meeting_changes_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meeting_changes_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meeting_changes_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meeting_changes_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meeting_changes_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meeting_changes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'meeting_changes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_timeline';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'meeting_changes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'synced_leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meeting_changes_meeting_id_fkey';
            columns: ['meeting_id'];
            isOneToOne: false;
            referencedRelation: 'client_meetings';
            referencedColumns: ['meeting_id'];
          },
          {
            foreignKeyName: 'meeting_changes_meeting_id_fkey';
            columns: ['meeting_id'];
            isOneToOne: false;
            referencedRelation: 'meetings';
            referencedColumns: ['id'];
          },
        ];
      };
      'meetings': {
        Row: {
          'booked_at': string;
          'campaign_id': string;
          'client_id': string;
          'created_at': string;
          'currency': string;
          'held_at': string | null;
          'id': string;
          'lead_id': string;
          'note': string | null;
          'occurs_at': string | null;
          'removed_at': string | null;
          'removed_by_hand': boolean;
          'source': Database['public']['Enums']['meeting_source'];
          'status': Database['public']['Enums']['meeting_status'];
          'status_at': string;
          'step': number | null;
          'updated_at': string;
          'value': number | null;
          'variant': number | null;
          'won_at': string | null;
        };
        ComputedFields: never;
        Insert: {
          'booked_at': string;
          'campaign_id': string;
          'client_id': string;
          'created_at'?: string;
          'currency': string;
          'held_at'?: string | null;
          'id'?: string;
          'lead_id': string;
          'note'?: string | null;
          'occurs_at'?: string | null;
          'removed_at'?: string | null;
          'removed_by_hand'?: boolean;
          'source': Database['public']['Enums']['meeting_source'];
          'status': Database['public']['Enums']['meeting_status'];
          'status_at': string;
          'step'?: number | null;
          'updated_at'?: string;
          'value'?: number | null;
          'variant'?: number | null;
          'won_at'?: string | null;
        };
        Update: {
          'booked_at'?: string;
          'campaign_id'?: string;
          'client_id'?: string;
          'created_at'?: string;
          'currency'?: string;
          'held_at'?: string | null;
          'id'?: string;
          'lead_id'?: string;
          'note'?: string | null;
          'occurs_at'?: string | null;
          'removed_at'?: string | null;
          'removed_by_hand'?: boolean;
          'source'?: Database['public']['Enums']['meeting_source'];
          'status'?: Database['public']['Enums']['meeting_status'];
          'status_at'?: string;
          'step'?: number | null;
          'updated_at'?: string;
          'value'?: number | null;
          'variant'?: number | null;
          'won_at'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'meetings_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_timeline';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'meetings_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'synced_leads';
            referencedColumns: ['id'];
          },
        ];
      };
      'members': {
        Row: {
          'client_id': string | null;
          'created_at': string;
          'invited_at': string | null;
          'invited_by': string | null;
          'made_account': boolean;
          'mailed_at': string | null;
          'role': Database['public']['Enums']['member_role'];
          'user_id': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'created_at'?: string;
          'invited_at'?: string | null;
          'invited_by'?: string | null;
          'made_account'?: boolean;
          'mailed_at'?: string | null;
          'role': Database['public']['Enums']['member_role'];
          'user_id': string;
        };
        Update: {
          'client_id'?: string | null;
          'created_at'?: string;
          'invited_at'?: string | null;
          'invited_by'?: string | null;
          'made_account'?: boolean;
          'mailed_at'?: string | null;
          'role'?: Database['public']['Enums']['member_role'];
          'user_id'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'members_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'messages': {
        Row: {
          'body_html': string | null;
          'body_removed_at': string | null;
          'body_text': string | null;
          'campaign_id': string;
          'client_id': string;
          'connection_id': string;
          'created_at': string;
          'direction': Database['public']['Enums']['message_direction'];
          'email': string;
          'email_account': string | null;
          'event_id': number | null;
          'id': string;
          'is_auto_reply': boolean;
          'lead_id': string;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'push_error': string | null;
          'pushed_at': string | null;
          'reply_class': Database['public']['Enums']['reply_class'] | null;
          'reply_class_confidence': number | null;
          'reply_class_source': Database['public']['Enums']['reply_class_source'] | null;
          'reply_date': string | null;
          'snippet': string | null;
          'source': Database['public']['Enums']['message_source'];
          'step': number | null;
          'subject': string | null;
          'thread_key': string;
          'variant': number | null;
          'verdict': Database['public']['Enums']['reply_verdict'] | null;
          'verdict_at': string | null;
          'verdict_by': string | null;
          'verdict_note': string | null;
          'written_by': string | null;
        };
        ComputedFields: never;
        Insert: {
          'body_html'?: string | null;
          'body_removed_at'?: string | null;
          'body_text'?: string | null;
          'campaign_id': string;
          'client_id': string;
          'connection_id': string;
          'created_at'?: string;
          'direction': Database['public']['Enums']['message_direction'];
          'email': string;
          'email_account'?: string | null;
          'event_id'?: number | null;
          'id'?: string;
          'is_auto_reply'?: boolean;
          'lead_id': string;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'push_error'?: string | null;
          'pushed_at'?: string | null;
          'reply_class'?: Database['public']['Enums']['reply_class'] | null;
          'reply_class_confidence'?: number | null;
          'reply_class_source'?: Database['public']['Enums']['reply_class_source'] | null;
          'reply_date'?: string | null;
          'snippet'?: string | null;
          'source': Database['public']['Enums']['message_source'];
          'step'?: number | null;
          'subject'?: string | null;
          'thread_key'?: never;
          'variant'?: number | null;
          'verdict'?: Database['public']['Enums']['reply_verdict'] | null;
          'verdict_at'?: string | null;
          'verdict_by'?: string | null;
          'verdict_note'?: string | null;
          'written_by'?: string | null;
        };
        Update: {
          'body_html'?: string | null;
          'body_removed_at'?: string | null;
          'body_text'?: string | null;
          'campaign_id'?: string;
          'client_id'?: string;
          'connection_id'?: string;
          'created_at'?: string;
          'direction'?: Database['public']['Enums']['message_direction'];
          'email'?: string;
          'email_account'?: string | null;
          'event_id'?: number | null;
          'id'?: string;
          'is_auto_reply'?: boolean;
          'lead_id'?: string;
          'occurred_at'?: string;
          'provider'?: Database['public']['Enums']['provider'];
          'push_error'?: string | null;
          'pushed_at'?: string | null;
          'reply_class'?: Database['public']['Enums']['reply_class'] | null;
          'reply_class_confidence'?: number | null;
          'reply_class_source'?: Database['public']['Enums']['reply_class_source'] | null;
          'reply_date'?: string | null;
          'snippet'?: string | null;
          'source'?: Database['public']['Enums']['message_source'];
          'step'?: number | null;
          'subject'?: string | null;
          'thread_key'?: never;
          'variant'?: number | null;
          'verdict'?: Database['public']['Enums']['reply_verdict'] | null;
          'verdict_at'?: string | null;
          'verdict_by'?: string | null;
          'verdict_note'?: string | null;
          'written_by'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
        ];
      };
      'monthly_goals': {
        Row: {
          'client_id': string;
          'from_month': string;
          'goal': number | null;
          'metric': Database['public']['Enums']['goal_metric'];
          'set_at': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id': string;
          'from_month': string;
          'goal'?: number | null;
          'metric': Database['public']['Enums']['goal_metric'];
          'set_at'?: string;
        };
        Update: {
          'client_id'?: string;
          'from_month'?: string;
          'goal'?: number | null;
          'metric'?: Database['public']['Enums']['goal_metric'];
          'set_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'monthly_goals_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'outgoing_endpoints': {
        Row: {
          'client_id': string | null;
          'created_at': string;
          'events': (Database['public']['Enums']['outgoing_event_type'])[];
          'failing_since': string | null;
          'format': Database['public']['Enums']['endpoint_format'];
          'hold_until': string | null;
          'id': string;
          'last_success_at': string | null;
          'name': string;
          'rotation_ends_at': string | null;
          'switched_off_at': string | null;
          'switched_off_reason': string | null;
          'updated_at': string;
          'url': string;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'created_at'?: string;
          'events': (Database['public']['Enums']['outgoing_event_type'])[];
          'failing_since'?: string | null;
          'format'?: Database['public']['Enums']['endpoint_format'];
          'hold_until'?: string | null;
          'id'?: string;
          'last_success_at'?: string | null;
          'name': string;
          'rotation_ends_at'?: string | null;
          'switched_off_at'?: string | null;
          'switched_off_reason'?: string | null;
          'updated_at'?: string;
          'url': string;
        };
        Update: {
          'client_id'?: string | null;
          'created_at'?: string;
          'events'?: (Database['public']['Enums']['outgoing_event_type'])[];
          'failing_since'?: string | null;
          'format'?: Database['public']['Enums']['endpoint_format'];
          'hold_until'?: string | null;
          'id'?: string;
          'last_success_at'?: string | null;
          'name'?: string;
          'rotation_ends_at'?: string | null;
          'switched_off_at'?: string | null;
          'switched_off_reason'?: string | null;
          'updated_at'?: string;
          'url'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_endpoints_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'placement_readings': {
        Row: {
          'api_key_last4': string | null;
          'attempted_at': string;
          'connection_id': string;
          'error': string | null;
          'next_read_at': string;
          'read_at': string | null;
          'state': string;
          'tests': number;
        };
        ComputedFields: never;
        Insert: {
          'api_key_last4'?: string | null;
          'attempted_at'?: string;
          'connection_id': string;
          'error'?: string | null;
          'next_read_at'?: string;
          'read_at'?: string | null;
          'state': string;
          'tests'?: number;
        };
        Update: {
          'api_key_last4'?: string | null;
          'attempted_at'?: string;
          'connection_id'?: string;
          'error'?: string | null;
          'next_read_at'?: string;
          'read_at'?: string | null;
          'state'?: string;
          'tests'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'placement_readings_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: true;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'placement_readings_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: true;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'placement_readings_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: true;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'placement_results': {
        Row: {
          'account_id': string;
          'day': string;
          'inbox': number;
          'promotions': number;
          'spam': number;
        };
        ComputedFields: never;
        Insert: {
          'account_id': string;
          'day': string;
          'inbox': number;
          'promotions': number;
          'spam': number;
        };
        Update: {
          'account_id'?: string;
          'day'?: string;
          'inbox'?: number;
          'promotions'?: number;
          'spam'?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'placement_results_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'email_account_health';
            referencedColumns: ['account_id'];
          },
          {
            foreignKeyName: 'placement_results_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'email_accounts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'placement_results_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'operator_email_accounts';
            referencedColumns: ['account_id'];
          },
          {
            foreignKeyName: 'placement_results_account_id_fkey';
            columns: ['account_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placements';
            referencedColumns: ['account_id'];
          },
        ];
      };
      'provider_api_calls': {
        Row: {
          'attempt': number;
          'called_at': string;
          'client_id': string | null;
          'connection_id': string;
          'duration_ms': number;
          'error_kind': string | null;
          'id': number;
          'job_id': string | null;
          'method': string;
          'path': string;
          'status': number | null;
        };
        ComputedFields: never;
        Insert: {
          'attempt': number;
          'called_at': string;
          'client_id'?: string | null;
          'connection_id': string;
          'duration_ms': number;
          'error_kind'?: string | null;
          'id'?: never;
          'job_id'?: string | null;
          'method': string;
          'path': string;
          'status'?: number | null;
        };
        Update: {
          'attempt'?: number;
          'called_at'?: string;
          'client_id'?: string | null;
          'connection_id'?: string;
          'duration_ms'?: number;
          'error_kind'?: string | null;
          'id'?: never;
          'job_id'?: string | null;
          'method'?: string;
          'path'?: string;
          'status'?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'provider_api_calls_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'provider_api_calls_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'provider_connections': {
        Row: {
          'api_key_last4': string | null;
          'client_id': string | null;
          'created_at': string;
          'id': string;
          'last_synced_at': string | null;
          'last_validated_at': string | null;
          'name': string;
          'provider': Database['public']['Enums']['provider'];
          'removed_at': string | null;
          'status': Database['public']['Enums']['connection_status'];
          'updated_at': string;
          'workspace_id': string | null;
          'workspace_name': string | null;
        };
        ComputedFields: never;
        Insert: {
          'api_key_last4'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'id'?: string;
          'last_synced_at'?: string | null;
          'last_validated_at'?: string | null;
          'name': string;
          'provider'?: Database['public']['Enums']['provider'];
          'removed_at'?: string | null;
          'status'?: Database['public']['Enums']['connection_status'];
          'updated_at'?: string;
          'workspace_id'?: string | null;
          'workspace_name'?: string | null;
        };
        Update: {
          'api_key_last4'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string;
          'id'?: string;
          'last_synced_at'?: string | null;
          'last_validated_at'?: string | null;
          'name'?: string;
          'provider'?: Database['public']['Enums']['provider'];
          'removed_at'?: string | null;
          'status'?: Database['public']['Enums']['connection_status'];
          'updated_at'?: string;
          'workspace_id'?: string | null;
          'workspace_name'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'sending_domain_changes': {
        Row: {
          'changed_at': string;
          'domain': string;
          'finding': string;
          'finding_before': string;
          'id': number;
          'kind': string;
          'records': (string)[];
          'records_before': (string)[];
          'verdict': string;
          'verdict_before': string;
        };
        ComputedFields: never;
        Insert: {
          'changed_at'?: string;
          'domain': string;
          'finding': string;
          'finding_before': string;
          'id'?: never;
          'kind': string;
          'records': (string)[];
          'records_before': (string)[];
          'verdict': string;
          'verdict_before': string;
        };
        Update: {
          'changed_at'?: string;
          'domain'?: string;
          'finding'?: string;
          'finding_before'?: string;
          'id'?: never;
          'kind'?: string;
          'records'?: (string)[];
          'records_before'?: (string)[];
          'verdict'?: string;
          'verdict_before'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sending_domain_changes_domain_fkey';
            columns: ['domain'];
            isOneToOne: false;
            referencedRelation: 'operator_sending_domains';
            referencedColumns: ['domain'];
          },
          {
            foreignKeyName: 'sending_domain_changes_domain_fkey';
            columns: ['domain'];
            isOneToOne: false;
            referencedRelation: 'sending_domains';
            referencedColumns: ['domain'];
          },
        ];
      };
      'sending_domain_checks': {
        Row: {
          'advice': string | null;
          'checked_at': string;
          'domain': string;
          'finding': string;
          'kind': string;
          'records': (string)[];
          'sentence': string;
          'since': string;
          'verdict': string;
        };
        ComputedFields: never;
        Insert: {
          'advice'?: string | null;
          'checked_at'?: string;
          'domain': string;
          'finding': string;
          'kind': string;
          'records'?: (string)[];
          'sentence': string;
          'since'?: string;
          'verdict': string;
        };
        Update: {
          'advice'?: string | null;
          'checked_at'?: string;
          'domain'?: string;
          'finding'?: string;
          'kind'?: string;
          'records'?: (string)[];
          'sentence'?: string;
          'since'?: string;
          'verdict'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sending_domain_checks_domain_fkey';
            columns: ['domain'];
            isOneToOne: false;
            referencedRelation: 'operator_sending_domains';
            referencedColumns: ['domain'];
          },
          {
            foreignKeyName: 'sending_domain_checks_domain_fkey';
            columns: ['domain'];
            isOneToOne: false;
            referencedRelation: 'sending_domains';
            referencedColumns: ['domain'];
          },
        ];
      };
      'sending_domains': {
        Row: {
          'attempted_at': string | null;
          'blacklists_checked_at': string | null;
          'check_error': string | null;
          'checked_at': string | null;
          'created_at': string;
          'domain': string;
          'next_check_at': string;
          'provider_records': Json | null;
          'provider_records_at': string | null;
        };
        ComputedFields: never;
        Insert: {
          'attempted_at'?: string | null;
          'blacklists_checked_at'?: string | null;
          'check_error'?: string | null;
          'checked_at'?: string | null;
          'created_at'?: string;
          'domain': string;
          'next_check_at'?: string;
          'provider_records'?: Json | null;
          'provider_records_at'?: string | null;
        };
        Update: {
          'attempted_at'?: string | null;
          'blacklists_checked_at'?: string | null;
          'check_error'?: string | null;
          'checked_at'?: string | null;
          'created_at'?: string;
          'domain'?: string;
          'next_check_at'?: string;
          'provider_records'?: Json | null;
          'provider_records_at'?: string | null;
        };
        Relationships: [];
      };
      'sequence_templates': {
        Row: {
          'created_at': string;
          'created_by': string | null;
          'description': string | null;
          'id': string;
          'is_built_in': boolean;
          'name': string;
          'sequence': NonNullable<Json>;
          'updated_at': string;
        };
        ComputedFields: never;
        Insert: {
          'created_at'?: string;
          'created_by'?: string | null;
          'description'?: string | null;
          'id'?: string;
          'is_built_in'?: boolean;
          'name': string;
          'sequence': NonNullable<Json>;
          'updated_at'?: string;
        };
        Update: {
          'created_at'?: string;
          'created_by'?: string | null;
          'description'?: string | null;
          'id'?: string;
          'is_built_in'?: boolean;
          'name'?: string;
          'sequence'?: NonNullable<Json>;
          'updated_at'?: string;
        };
        Relationships: [];
      };
      'suppression_rules': {
        Row: {
          'client_id': string | null;
          'created_at': string;
          'entry': string;
          'id': string;
          'is_domain': boolean;
          'note': string | null;
          'reason': Database['public']['Enums']['suppression_reason'];
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'created_at'?: string;
          'entry': string;
          'id'?: string;
          'is_domain'?: never;
          'note'?: string | null;
          'reason'?: Database['public']['Enums']['suppression_reason'];
        };
        Update: {
          'client_id'?: string | null;
          'created_at'?: string;
          'entry'?: string;
          'id'?: string;
          'is_domain'?: never;
          'note'?: string | null;
          'reason'?: Database['public']['Enums']['suppression_reason'];
        };
        Relationships: [
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppression_rules_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'suppressions': {
        Row: {
          'bounce_class': Database['public']['Enums']['bounce_class'] | null;
          'client_id': string;
          'email': string;
          'note': string | null;
          'reason': Database['public']['Enums']['suppression_reason'];
          'suppressed_at': string;
        };
        ComputedFields: never;
        Insert: {
          'bounce_class'?: Database['public']['Enums']['bounce_class'] | null;
          'client_id': string;
          'email': string;
          'note'?: string | null;
          'reason': Database['public']['Enums']['suppression_reason'];
          'suppressed_at'?: string;
        };
        Update: {
          'bounce_class'?: Database['public']['Enums']['bounce_class'] | null;
          'client_id'?: string;
          'email'?: string;
          'note'?: string | null;
          'reason'?: Database['public']['Enums']['suppression_reason'];
          'suppressed_at'?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'suppressions_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'synced_leads': {
        Row: {
          'auto_reply_count': number;
          'bounce_class': Database['public']['Enums']['bounce_class'] | null;
          'bounced_at': string | null;
          'business_id': string | null;
          'campaign_id': string;
          'click_count': number;
          'click_count_observed': number;
          'click_count_reported': number;
          'clicked_at': string | null;
          'client_id': string;
          'company_name': string | null;
          'company_size': string | null;
          'contacted_at': string | null;
          'created_at': string;
          'email': string;
          'erased_at': string | null;
          'first_name': string | null;
          'id': string;
          'industry': string | null;
          'interest_changed_at': string | null;
          'interest_changed_at_reported': string | null;
          'interest_judged_at': string | null;
          'interest_label': string | null;
          'interest_label_at': string | null;
          'interest_status': Database['public']['Enums']['interest_status'] | null;
          'interest_status_judged': Database['public']['Enums']['interest_status'] | null;
          'interest_status_reported': Database['public']['Enums']['interest_status'] | null;
          'job_title': string | null;
          'last_event_at': string | null;
          'last_event_type': string | null;
          'last_name': string | null;
          'last_synced_at': string | null;
          'lead_status': Database['public']['Enums']['lead_status'];
          'open_count': number;
          'open_count_observed': number;
          'open_count_reported': number;
          'opened_at': string | null;
          'out_of_office_at': string | null;
          'payload': Json | null;
          'phone': string | null;
          'provider_lead_id': string | null;
          'provider_updated_at': string | null;
          'removed_at': string | null;
          'replied_at': string | null;
          'reply_count': number;
          'reply_count_observed': number;
          'reply_count_overruled': number;
          'reply_count_reported': number;
          'sender_account': string | null;
          'sender_account_at': string | null;
          'sent_at': string | null;
          'sent_count': number;
          'sent_count_observed': number;
          'sent_count_reported': number;
          'unsubscribed_at': string | null;
          'updated_at': string;
          'website': string | null;
        };
        ComputedFields: never;
        Insert: {
          'auto_reply_count'?: number;
          'bounce_class'?: Database['public']['Enums']['bounce_class'] | null;
          'bounced_at'?: string | null;
          'business_id'?: string | null;
          'campaign_id': string;
          'click_count'?: never;
          'click_count_observed'?: number;
          'click_count_reported'?: number;
          'clicked_at'?: string | null;
          'client_id': string;
          'company_name'?: string | null;
          'company_size'?: string | null;
          'contacted_at'?: string | null;
          'created_at'?: string;
          'email': string;
          'erased_at'?: string | null;
          'first_name'?: string | null;
          'id'?: string;
          'industry'?: string | null;
          'interest_changed_at'?: never;
          'interest_changed_at_reported'?: string | null;
          'interest_judged_at'?: string | null;
          'interest_label'?: string | null;
          'interest_label_at'?: string | null;
          'interest_status'?: never;
          'interest_status_judged'?: Database['public']['Enums']['interest_status'] | null;
          'interest_status_reported'?: Database['public']['Enums']['interest_status'] | null;
          'job_title'?: string | null;
          'last_event_at'?: string | null;
          'last_event_type'?: string | null;
          'last_name'?: string | null;
          'last_synced_at'?: string | null;
          'lead_status'?: never;
          'open_count'?: never;
          'open_count_observed'?: number;
          'open_count_reported'?: number;
          'opened_at'?: string | null;
          'out_of_office_at'?: string | null;
          'payload'?: Json | null;
          'phone'?: string | null;
          'provider_lead_id'?: string | null;
          'provider_updated_at'?: string | null;
          'removed_at'?: string | null;
          'replied_at'?: string | null;
          'reply_count'?: never;
          'reply_count_observed'?: number;
          'reply_count_overruled'?: number;
          'reply_count_reported'?: number;
          'sender_account'?: string | null;
          'sender_account_at'?: string | null;
          'sent_at'?: string | null;
          'sent_count'?: never;
          'sent_count_observed'?: number;
          'sent_count_reported'?: number;
          'unsubscribed_at'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
        };
        Update: {
          'auto_reply_count'?: number;
          'bounce_class'?: Database['public']['Enums']['bounce_class'] | null;
          'bounced_at'?: string | null;
          'business_id'?: string | null;
          'campaign_id'?: string;
          'click_count'?: never;
          'click_count_observed'?: number;
          'click_count_reported'?: number;
          'clicked_at'?: string | null;
          'client_id'?: string;
          'company_name'?: string | null;
          'company_size'?: string | null;
          'contacted_at'?: string | null;
          'created_at'?: string;
          'email'?: string;
          'erased_at'?: string | null;
          'first_name'?: string | null;
          'id'?: string;
          'industry'?: string | null;
          'interest_changed_at'?: never;
          'interest_changed_at_reported'?: string | null;
          'interest_judged_at'?: string | null;
          'interest_label'?: string | null;
          'interest_label_at'?: string | null;
          'interest_status'?: never;
          'interest_status_judged'?: Database['public']['Enums']['interest_status'] | null;
          'interest_status_reported'?: Database['public']['Enums']['interest_status'] | null;
          'job_title'?: string | null;
          'last_event_at'?: string | null;
          'last_event_type'?: string | null;
          'last_name'?: string | null;
          'last_synced_at'?: string | null;
          'lead_status'?: never;
          'open_count'?: never;
          'open_count_observed'?: number;
          'open_count_reported'?: number;
          'opened_at'?: string | null;
          'out_of_office_at'?: string | null;
          'payload'?: Json | null;
          'phone'?: string | null;
          'provider_lead_id'?: string | null;
          'provider_updated_at'?: string | null;
          'removed_at'?: string | null;
          'replied_at'?: string | null;
          'reply_count'?: never;
          'reply_count_observed'?: number;
          'reply_count_overruled'?: number;
          'reply_count_reported'?: number;
          'sender_account'?: string | null;
          'sender_account_at'?: string | null;
          'sent_at'?: string | null;
          'sent_count'?: never;
          'sent_count_observed'?: number;
          'sent_count_reported'?: number;
          'unsubscribed_at'?: string | null;
          'updated_at'?: string;
          'website'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'synced_leads_business_id_fkey';
            columns: ['business_id'];
            isOneToOne: false;
            referencedRelation: 'businesses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'untracked_replies': {
        Row: {
          'body_removed_at': string | null;
          'body_text': string | null;
          'client_id': string | null;
          'connection_id': string;
          'email': string;
          'email_account': string | null;
          'id': number;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'sender_name': string | null;
          'snippet': string | null;
          'subject': string | null;
        };
        ComputedFields: never;
        Insert: {
          'body_removed_at'?: string | null;
          'body_text'?: string | null;
          'client_id'?: string | null;
          'connection_id': string;
          'email': string;
          'email_account'?: string | null;
          'id': number;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'sender_name'?: string | null;
          'snippet'?: string | null;
          'subject'?: string | null;
        };
        Update: {
          'body_removed_at'?: string | null;
          'body_text'?: string | null;
          'client_id'?: string | null;
          'connection_id'?: string;
          'email'?: string;
          'email_account'?: string | null;
          'id'?: number;
          'occurred_at'?: string;
          'provider'?: Database['public']['Enums']['provider'];
          'sender_name'?: string | null;
          'snippet'?: string | null;
          'subject'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'untracked_replies_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'untracked_replies_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'untracked_replies_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
    };
    Views: {
      'alerts': {
        Row: {
          'acknowledged_at': string | null;
          'acknowledged_by_name': string | null;
          'acknowledged_note': string | null;
          'client_id': string | null;
          'client_name': string | null;
          'closed_at': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'delivery': string;
          'delivery_attempts': number;
          'delivery_error': string | null;
          'id': string;
          'kind': string;
          'occurrences': number;
          'opened_at': string;
          'sent_at': string | null;
          'subject': string;
          'text': string | null;
          'title': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'incidents_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'analytics_drift': {
        Row: {
          'campaign_id': string | null;
          'campaign_name': string;
          'clicked_difference': number | null;
          'clicked_observed': number | null;
          'clicked_reported': number | null;
          'client_id': string;
          'day': string | null;
          'observed_age_seconds': number | null;
          'observed_at': string | null;
          'opened_difference': number | null;
          'opened_observed': number | null;
          'opened_reported': number | null;
          'provider_read': boolean | null;
          'replied_difference': number | null;
          'replied_observed': number | null;
          'replied_reported': number | null;
          'sent_difference': number | null;
          'sent_observed': number | null;
          'sent_reported': number | null;
          'synced_age_seconds': number | null;
          'synced_at': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_comparison': {
        Row: {
          'auto_replies': number | null;
          'bounced': number | null;
          'campaign_id': string | null;
          'clicked': number | null;
          'client_id': string;
          'client_name': string;
          'contacted': number | null;
          'enough_signal': boolean | null;
          'is_best': boolean | null;
          'meetings': number | null;
          'name': string | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'positive_rate_change': number | null;
          'previous_bounced': number | null;
          'previous_clicked': number | null;
          'previous_contacted': number | null;
          'previous_meetings': number | null;
          'previous_opened': number | null;
          'previous_positive': number | null;
          'previous_positive_rate': number | null;
          'previous_replied': number | null;
          'previous_reply_rate': number | null;
          'previous_sent': number | null;
          'rank': number | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'campaign_costs': {
        Row: {
          'campaign_id': string;
          'campaign_name': string;
          'client_id': string;
          'cost': number | null;
          'cost_per_email': number | null;
          'cost_per_lead': number | null;
          'cost_per_meeting_held': number | null;
          'cost_per_positive_reply': number | null;
          'cost_per_reply': number | null;
          'currency': string | null;
          'estimated_revenue': number | null;
          'leads': number | null;
          'meetings_held': number | null;
          'positive': number | null;
          'replied': number | null;
          'roi': number | null;
          'sent': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'campaign_steps': {
        Row: {
          'age_seconds': number | null;
          'as_of': string | null;
          'auto_replies': number | null;
          'campaign_id': string;
          'campaign_name': string;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'enough_signal': boolean | null;
          'is_best': boolean | null;
          'meetings': number | null;
          'meetings_reported': number | null;
          'open_rate': number | null;
          'opened': number | null;
          'opportunities_reported': number | null;
          'p_value': number | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'significance': string | null;
          'step': number | null;
          'variant': number | null;
          'variant_letter': string | null;
          'won_reported': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_campaigns': {
        Row: {
          'age_seconds': number | null;
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'campaign_id': string;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'connection_stopped': string | null;
          'contacted': number | null;
          'enough_signal': boolean | null;
          'generation_status': Database['public']['Enums']['generation_status'];
          'last_event_at': string | null;
          'leads': number | null;
          'name': string;
          'observed_at': string | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'provider': Database['public']['Enums']['provider'] | null;
          'provider_status': Database['public']['Enums']['provider_campaign_status'] | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_costs': {
        Row: {
          'client_id': string;
          'client_name': string;
          'cost': number | null;
          'cost_per_email': number | null;
          'cost_per_lead': number | null;
          'cost_per_meeting_held': number | null;
          'cost_per_positive_reply': number | null;
          'cost_per_reply': number | null;
          'cost_without_campaign': number | null;
          'currency': string | null;
          'estimated_revenue': number | null;
          'leads': number | null;
          'meetings_held': number | null;
          'positive': number | null;
          'replied': number | null;
          'roi': number | null;
          'sent': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_daily_stats': {
        Row: {
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string | null;
          'contacted': number | null;
          'day': string | null;
          'day_zone': string;
          'observed_at': string | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'provider_zone': string | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_email_events': {
        Row: {
          'bounce_class': Database['public']['Enums']['bounce_class'] | null;
          'campaign_id': string | null;
          'client_id': string | null;
          'email': string | null;
          'email_account': string | null;
          'event_name': string | null;
          'id': number;
          'is_follow_up': boolean | null;
          'label': string | null;
          'lead_id': string | null;
          'message_id': string | null;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'received_at': string;
          'step': number | null;
          'type': Database['public']['Enums']['email_event_type'];
          'variant': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'email_events_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
        ];
      };
      'client_exports': {
        Row: {
          'blocked': number | null;
          'campaign_id': string | null;
          'campaign_name': string;
          'client_id': string | null;
          'created': number | null;
          'created_at': string;
          'done': number;
          'duplicate': number | null;
          'duration_seconds': number | null;
          'error_code': string | null;
          'error_message': string | null;
          'export_id': string;
          'failed': number | null;
          'finished_at': string | null;
          'invalid': number | null;
          'reasons': Json | null;
          'requested_by': string | null;
          'requested_by_name': string | null;
          'sent': number | null;
          'skipped': number | null;
          'started_at': string | null;
          'status': Database['public']['Enums']['job_status'];
          'total': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'jobs_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'jobs_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_imports': {
        Row: {
          'campaign_id': string;
          'campaign_name': string;
          'client_id': string;
          'client_name': string;
          'consent_note': string | null;
          'consent_source': string | null;
          'counts': NonNullable<Json>;
          'created_at': string;
          'done_rows': number;
          'file_checksum': string | null;
          'file_name': string;
          'finished_at': string | null;
          'flags': NonNullable<Json>;
          'format': NonNullable<Json>;
          'import_id': string;
          'imported': number | null;
          'is_interrupted': boolean | null;
          'mapping': NonNullable<Json>;
          'not_imported': number | null;
          'requested_by': string | null;
          'requested_by_name': string | null;
          'status': Database['public']['Enums']['import_status'];
          'total_rows': number | null;
          'undo_result': Json | null;
          'undone_at': string | null;
          'updated': number | null;
          'updated_at': string;
          'verification': Database['public']['Enums']['import_verification'];
          'verification_at': string | null;
          'verification_by_name': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'imports_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_meetings': {
        Row: {
          'booked_at': string;
          'campaign_id': string;
          'campaign_name': string;
          'client_id': string;
          'company_name': string | null;
          'currency': string;
          'email': string;
          'first_name': string | null;
          'held_at': string | null;
          'last_name': string | null;
          'lead_id': string;
          'meeting_id': string;
          'note': string | null;
          'occurs_at': string | null;
          'source': Database['public']['Enums']['meeting_source'];
          'status': Database['public']['Enums']['meeting_status'];
          'status_at': string;
          'step': number | null;
          'value': number | null;
          'variant': number | null;
          'won_at': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'meetings_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'meetings_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_timeline';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'meetings_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'synced_leads';
            referencedColumns: ['id'];
          },
        ];
      };
      'client_overview': {
        Row: {
          'age_seconds': number | null;
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'campaigns': number | null;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'client_name': string;
          'contacted': number | null;
          'enough_signal': boolean | null;
          'last_event_at': string | null;
          'leads': number | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_pipeline': {
        Row: {
          'booked': number | null;
          'booked_rate': number | null;
          'campaign_id': string | null;
          'client_id': string | null;
          'cost': number | null;
          'cost_per_meeting_held': number | null;
          'cost_per_won': number | null;
          'currency': string;
          'dimension': string | null;
          'held': number | null;
          'held_rate': number | null;
          'in_other_currencies': number | null;
          'lost': number | null;
          'no_show': number | null;
          'open_value': number | null;
          'positive': number | null;
          'segment': string | null;
          'won': number | null;
          'won_rate': number | null;
          'won_value': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_replies': {
        Row: {
          'body_html': string | null;
          'body_removed_at': string | null;
          'body_text': string | null;
          'business_id': string | null;
          'business_name': string | null;
          'campaign_id': string;
          'campaign_name': string;
          'city': string | null;
          'client_id': string;
          'company_name': string | null;
          'connection_id': string;
          'email': string;
          'email_account': string | null;
          'first_name': string | null;
          'interest_label': string | null;
          'interest_status': Database['public']['Enums']['interest_status'] | null;
          'is_auto_reply': boolean;
          'job_title': string | null;
          'last_name': string | null;
          'lead_id': string;
          'message_id': string;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'push_error': string | null;
          'pushed_at': string | null;
          'reply_class': Database['public']['Enums']['reply_class'] | null;
          'reply_class_confidence': number | null;
          'reply_class_source': Database['public']['Enums']['reply_class_source'] | null;
          'reply_date': string | null;
          'snippet': string | null;
          'step': number | null;
          'subject': string | null;
          'thread_key': string;
          'verdict': Database['public']['Enums']['reply_verdict'] | null;
          'verdict_at': string | null;
          'verdict_by': string | null;
          'verdict_note': string | null;
          'written_by': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_business_id_fkey';
            columns: ['business_id'];
            isOneToOne: false;
            referencedRelation: 'businesses';
            referencedColumns: ['id'];
          },
        ];
      };
      'client_reply_times': {
        Row: {
          'answered': number | null;
          'answered_at_provider': number | null;
          'client_id': string;
          'client_name': string;
          'median_seconds': number | null;
          'share_under_5_minutes': number | null;
          'waiting': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_segments': {
        Row: {
          'client_id': string;
          'contacted': number | null;
          'dimension': string | null;
          'enough_signal': boolean | null;
          'leads': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'replied': number | null;
          'reply_rate': number | null;
          'segment': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'client_standings': {
        Row: {
          'client_id': string;
          'clients': number | null;
          'counted_at': string | null;
          'lower_border': number | null;
          'median': number | null;
          'rate': Database['public']['Enums']['compared_rate'] | null;
          'shown_to_clients': boolean | null;
          'standing': Database['public']['Enums']['standing'] | null;
          'upper_border': number | null;
          'value': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'client_webhooks': {
        Row: {
          'campaigns': number | null;
          'campaigns_covered': number | null;
          'checked_at': string | null;
          'client_id': string | null;
          'connection_id': string | null;
          'last_event_age_seconds': number | null;
          'last_event_at': string | null;
          'missed_since': string | null;
          'off_since': string | null;
          'provider': Database['public']['Enums']['provider'] | null;
          'state': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'crm_leads': {
        Row: {
          'account_host': string;
          'account_id': string;
          'amount': number | null;
          'client_id': string;
          'connection_id': string;
          'contact_id': string | null;
          'currency': string | null;
          'deal_gone_at': string | null;
          'deal_id': string | null;
          'last_error': string | null;
          'last_note': string | null;
          'last_state': Database['public']['Enums']['outgoing_state'] | null;
          'last_wanted_at': string | null;
          'lead_id': string;
          'provider': Database['public']['Enums']['crm_provider'];
          'pushed_at': string | null;
          'reported_status': string | null;
          'stage_at': string | null;
          'stage_id': string | null;
          'stage_name': string | null;
          'switched_off_at': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'crm_log': {
        Row: {
          'attempts': number;
          'client_id': string;
          'client_name': string;
          'connection_id': string;
          'created_at': string;
          'delivered_at': string | null;
          'duration_ms': number | null;
          'is_by_hand': boolean | null;
          'last_answer': string | null;
          'last_attempt_at': string | null;
          'last_error': string | null;
          'last_status': number | null;
          'lead_email': string;
          'lead_id': string;
          'next_attempt_at': string | null;
          'note': string | null;
          'provider': Database['public']['Enums']['crm_provider'];
          'push_id': string;
          'sent': Json | null;
          'state': Database['public']['Enums']['outgoing_state'];
          'type': Database['public']['Enums']['outgoing_event_type'];
          'wanted_at': string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'crm_pushes_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'crm_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'crm_pushes_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'crm_pushes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'crm_leads';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'crm_pushes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_timeline';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'crm_pushes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'synced_leads';
            referencedColumns: ['id'];
          },
        ];
      };
      'day_rebuilds': {
        Row: {
          'campaigns': number | null;
          'campaigns_done': number | null;
          'client_id': string;
          'events': number | null;
          'events_done': number | null;
          'progress': number | null;
          'time_zone': string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'dead_letters': {
        Row: {
          'attempts': number | null;
          'campaign_id': string | null;
          'client_id': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'dismissed_at': string | null;
          'dismissed_by_name': string | null;
          'dismissed_reason': string | null;
          'id': number | null;
          'reason': string | null;
          'received_at': string | null;
          'replayable': boolean | null;
          'type': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'email_account_health': {
        Row: {
          'account_id': string;
          'bounce_rate': number | null;
          'bounced': number | null;
          'client_id': string | null;
          'connection_id': string;
          'daily_limit': number | null;
          'email': string;
          'enough_signal': boolean | null;
          'is_bouncing': boolean | null;
          'last_synced_at': string;
          'provider_kind': string | null;
          'replied': number | null;
          'sent': number | null;
          'sent_today': number | null;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason': string | null;
          'tags': (string)[];
          'warmup_score': number | null;
          'warmup_sent': number | null;
          'warmup_spam_rate': number | null;
          'warmup_status': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'lead_timeline': {
        Row: {
          'answered_in': string | null;
          'campaign_id': string;
          'campaign_name': string;
          'client_id': string;
          'email': string;
          'email_account': string | null;
          'kind': string | null;
          'label': string | null;
          'lead_id': string;
          'message_id': string | null;
          'occurred_at': string | null;
          'position': string | null;
          'provider': Database['public']['Enums']['provider'] | null;
          'snippet': string | null;
          'step': number | null;
          'subject': string | null;
          'type': string | null;
          'variant': number | null;
          'written_by': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'synced_leads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'message_stats': {
        Row: {
          'auto_replies': number | null;
          'client_id': string;
          'client_name': string;
          'last_received_at': string | null;
          'neutral': number | null;
          'not_interested': number | null;
          'qualified': number | null;
          'received': number | null;
          'sent': number | null;
          'unanswered': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_answers': {
        Row: {
          'answer_id': string;
          'asked_at': string;
          'asked_by': string | null;
          'asked_by_name': string | null;
          'body_text': string;
          'client_id': string;
          'error': string | null;
          'error_code': string | null;
          'lead_id': string;
          'message_id': string | null;
          'reply_id': string;
          'sent_at': string | null;
          'state': Database['public']['Enums']['answer_state'];
          'subject': string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'answers_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'client_replies';
            referencedColumns: ['message_id'];
          },
          {
            foreignKeyName: 'answers_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'answers_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'operator_replies';
            referencedColumns: ['message_id'];
          },
          {
            foreignKeyName: 'answers_reply_id_fkey';
            columns: ['reply_id'];
            isOneToOne: false;
            referencedRelation: 'client_replies';
            referencedColumns: ['message_id'];
          },
          {
            foreignKeyName: 'answers_reply_id_fkey';
            columns: ['reply_id'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'answers_reply_id_fkey';
            columns: ['reply_id'];
            isOneToOne: false;
            referencedRelation: 'operator_replies';
            referencedColumns: ['message_id'];
          },
        ];
      };
      'operator_campaigns': {
        Row: {
          'age_seconds': number | null;
          'as_of': string | null;
          'auto_replies': number | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'campaign_id': string;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'client_name': string;
          'connection_id': string | null;
          'connection_name': string | null;
          'connection_stopped': string | null;
          'contacted': number | null;
          'enough_signal': boolean | null;
          'exported': number | null;
          'generation_status': Database['public']['Enums']['generation_status'];
          'last_event_at': string | null;
          'last_export_at': string | null;
          'leads': number | null;
          'name': string;
          'observed_at': string | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'provider': Database['public']['Enums']['provider'] | null;
          'provider_status': Database['public']['Enums']['provider_campaign_status'] | null;
          'replied': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'synced_at': string | null;
          'unsubscribed': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'operator_checklist': {
        Row: {
          'client_id': string | null;
          'done': boolean | null;
          'hidden': boolean | null;
          'place': number | null;
          'step': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_clients': {
        Row: {
          'active_campaigns': number | null;
          'age_seconds': number | null;
          'as_of': string | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'campaigns': number | null;
          'click_rate': number | null;
          'clicked': number | null;
          'client_id': string;
          'client_name': string;
          'connections': number | null;
          'contacted': number | null;
          'created_at': string;
          'dead_letters': number | null;
          'enough_signal': boolean | null;
          'failing_jobs': number | null;
          'health': string | null;
          'integration_enabled': boolean;
          'last_sync_at': string | null;
          'last_webhook_at': string | null;
          'leads': number | null;
          'open_incidents': number | null;
          'open_rate': number | null;
          'opened': number | null;
          'positive': number | null;
          'positive_rate': number | null;
          'quarantined': number | null;
          'reason': string | null;
          'replied': number | null;
          'replied_7_days': number | null;
          'reply_rate': number | null;
          'sent': number | null;
          'sent_7_days': number | null;
          'waiting': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_email_accounts': {
        Row: {
          'account_id': string;
          'bounce_rate': number | null;
          'bounced': number | null;
          'client_id': string | null;
          'client_name': string | null;
          'connection_id': string;
          'connection_name': string;
          'daily_limit': number | null;
          'email': string;
          'enough_signal': boolean | null;
          'is_bouncing': boolean | null;
          'last_synced_at': string;
          'provider': Database['public']['Enums']['provider'];
          'provider_kind': string | null;
          'replied': number | null;
          'sent': number | null;
          'sent_today': number | null;
          'status': Database['public']['Enums']['email_account_status'];
          'status_reason': string | null;
          'tags': (string)[];
          'warmup_score': number | null;
          'warmup_sent': number | null;
          'warmup_spam_rate': number | null;
          'warmup_status': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'operator_erasures': {
        Row: {
          'client_id': string | null;
          'client_name': string | null;
          'done': number | null;
          'erasure_id': string;
          'error_message': string | null;
          'finished_at': string | null;
          'is_blocked': boolean;
          'report': NonNullable<Json>;
          'requested_at': string;
          'requested_by': string | null;
          'requested_by_name': string | null;
          'status': Database['public']['Enums']['job_status'] | null;
          'total': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'erasures_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'operator_health': {
        Row: {
          'client_id': string | null;
          'client_name': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'dead_letters': number | null;
          'failing_jobs': number | null;
          'health': string | null;
          'last_sync_at': string | null;
          'last_webhook_at': string | null;
          'oldest_waiting_seconds': number | null;
          'open_incidents': number | null;
          'provider': Database['public']['Enums']['provider'] | null;
          'quarantined': number | null;
          'reason': string | null;
          'status': Database['public']['Enums']['connection_status'] | null;
          'sync_age_seconds': number | null;
          'waiting': number | null;
          'webhook_checked_at': string | null;
          'webhook_state': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_inbox_counts': {
        Row: {
          'client_id': string;
          'mine': number | null;
          'snoozed': number | null;
          'threads': number | null;
          'waiting': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'operator_jobs': {
        Row: {
          'attempts': number | null;
          'campaign_id': string | null;
          'campaign_name': string | null;
          'client_id': string | null;
          'client_name': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'created_at': string | null;
          'done': number | null;
          'duration_seconds': number | null;
          'error_code': string | null;
          'error_message': string | null;
          'finished_at': string | null;
          'job_id': string | null;
          'kind': Database['public']['Enums']['job_kind'] | null;
          'requested_by': string | null;
          'requested_by_name': string | null;
          'result': Json | null;
          'started_at': string | null;
          'status': Database['public']['Enums']['job_status'] | null;
          'total': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_members': {
        Row: {
          'accepted_at': string | null;
          'client_id': string | null;
          'client_name': string | null;
          'created_at': string | null;
          'email': string | null;
          'invited_at': string | null;
          'invited_by_name': string | null;
          'last_sign_in_at': string | null;
          'name': string | null;
          'role': Database['public']['Enums']['member_role'] | null;
          'state': string | null;
          'user_id': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_placement_readings': {
        Row: {
          'attempted_at': string | null;
          'connection_id': string;
          'connection_name': string;
          'error': string | null;
          'provider': Database['public']['Enums']['provider'];
          'read_at': string | null;
          'state': string | null;
          'tests': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_placements': {
        Row: {
          'account_id': string;
          'connection_id': string;
          'domain': string | null;
          'email': string;
          'inbox': number | null;
          'promotions': number | null;
          'spam': number | null;
          'tested_on': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'operator_placement_readings';
            referencedColumns: ['connection_id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'provider_connections';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_accounts_connection_id_fkey';
            columns: ['connection_id'];
            isOneToOne: false;
            referencedRelation: 'webhook_ledger';
            referencedColumns: ['connection_id'];
          },
        ];
      };
      'operator_replies': {
        Row: {
          'body_html': string | null;
          'body_removed_at': string | null;
          'body_text': string | null;
          'business_id': string | null;
          'business_name': string | null;
          'campaign_id': string;
          'campaign_name': string;
          'city': string | null;
          'client_id': string;
          'client_name': string;
          'company_name': string | null;
          'connection_id': string;
          'connection_name': string | null;
          'email': string;
          'email_account': string | null;
          'first_name': string | null;
          'inbox_url': string | null;
          'interest_label': string | null;
          'interest_status': Database['public']['Enums']['interest_status'] | null;
          'is_auto_reply': boolean;
          'job_title': string | null;
          'last_name': string | null;
          'lead_id': string;
          'message_id': string;
          'occurred_at': string;
          'provider': Database['public']['Enums']['provider'];
          'push_error': string | null;
          'pushed_at': string | null;
          'reply_class': Database['public']['Enums']['reply_class'] | null;
          'reply_class_confidence': number | null;
          'reply_class_source': Database['public']['Enums']['reply_class_source'] | null;
          'reply_date': string | null;
          'snippet': string | null;
          'step': number | null;
          'subject': string | null;
          'thread_key': string;
          'verdict': Database['public']['Enums']['reply_verdict'] | null;
          'verdict_at': string | null;
          'verdict_by': string | null;
          'verdict_note': string | null;
          'written_by': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'messages_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'synced_leads_business_id_fkey';
            columns: ['business_id'];
            isOneToOne: false;
            referencedRelation: 'businesses';
            referencedColumns: ['id'];
          },
        ];
      };
      'operator_report_links': {
        Row: {
          'client_id': string;
          'created_at': string;
          'created_by': string | null;
          'created_by_name': string | null;
          'expires_at': string;
          'has_password': boolean;
          'id': string;
          'label': string | null;
          'last_opened_at': string | null;
          'locked_until': string | null;
          'opens': number;
          'report_id': string;
          'revoked_at': string | null;
          'state': string | null;
        };
        ComputedFields: never;
        Insert: {
          'client_id'?: string | null;
          'created_at'?: string | null;
          'created_by'?: string | null;
          'created_by_name'?: never;
          'expires_at'?: string | null;
          'has_password'?: boolean | null;
          'id'?: string | null;
          'label'?: string | null;
          'last_opened_at'?: string | null;
          'locked_until'?: never;
          'opens'?: number | null;
          'report_id'?: string | null;
          'revoked_at'?: string | null;
          'state'?: never;
        };
        Update: {
          'client_id'?: string | null;
          'created_at'?: string | null;
          'created_by'?: string | null;
          'created_by_name'?: never;
          'expires_at'?: string | null;
          'has_password'?: boolean | null;
          'id'?: string | null;
          'label'?: string | null;
          'last_opened_at'?: string | null;
          'locked_until'?: never;
          'opens'?: number | null;
          'report_id'?: string | null;
          'revoked_at'?: string | null;
          'state'?: never;
        };
        Relationships: [
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'report_links_report_id_fkey';
            columns: ['report_id'];
            isOneToOne: false;
            referencedRelation: 'client_reports';
            referencedColumns: ['id'];
          },
        ];
      };
      'operator_report_mails': {
        Row: {
          'attempts': number;
          'client_id': string;
          'email': string;
          'id': string;
          'last_error': string | null;
          'next_attempt_at': string;
          'report_id': string;
          'sent_at': string | null;
          'state': Database['public']['Enums']['outgoing_state'];
          'wanted_at': string;
        };
        ComputedFields: never;
        Insert: {
          'attempts'?: number | null;
          'client_id'?: string | null;
          'email'?: string | null;
          'id'?: string | null;
          'last_error'?: string | null;
          'next_attempt_at'?: string | null;
          'report_id'?: string | null;
          'sent_at'?: string | null;
          'state'?: Database['public']['Enums']['outgoing_state'] | null;
          'wanted_at'?: string | null;
        };
        Update: {
          'attempts'?: number | null;
          'client_id'?: string | null;
          'email'?: string | null;
          'id'?: string | null;
          'last_error'?: string | null;
          'next_attempt_at'?: string | null;
          'report_id'?: string | null;
          'sent_at'?: string | null;
          'state'?: Database['public']['Enums']['outgoing_state'] | null;
          'wanted_at'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'client_report_mails_report_id_fkey';
            columns: ['report_id'];
            isOneToOne: false;
            referencedRelation: 'client_reports';
            referencedColumns: ['id'];
          },
        ];
      };
      'operator_sending_domains': {
        Row: {
          'active_mailboxes': number | null;
          'attempted_at': string | null;
          'blacklists': Json | null;
          'blacklists_checked_at': string | null;
          'bounce_rate': number | null;
          'bounced': number | null;
          'bounced_series': (number)[] | null;
          'check_error': string | null;
          'checked_at': string | null;
          'checks': Json | null;
          'client_ids': (string)[] | null;
          'client_names': (string)[] | null;
          'connection_ids': (string)[] | null;
          'daily_limit': number | null;
          'domain': string;
          'enough_signal': boolean | null;
          'inbox_rate': number | null;
          'mailboxes': number | null;
          'placement_tested': number | null;
          'placement_tested_on': string | null;
          'promotions_rate': number | null;
          'provider_records': Json | null;
          'provider_records_at': string | null;
          'replied': number | null;
          'replied_series': (number)[] | null;
          'reply_rate': number | null;
          'sent': number | null;
          'sent_series': (number)[] | null;
          'sent_today': number | null;
          'spam_rate': number | null;
          'verdict': string | null;
          'warmup_score': number | null;
          'warmup_spam_rate': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'operator_thread_notes': {
        Row: {
          'author_id': string | null;
          'author_name': string | null;
          'body': string;
          'client_id': string;
          'created_at': string;
          'id': string;
          'lead_id': string;
        };
        ComputedFields: never;
        Insert: {
          'author_id'?: string | null;
          'author_name'?: never;
          'body'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string | null;
          'id'?: string | null;
          'lead_id'?: string | null;
        };
        Update: {
          'author_id'?: string | null;
          'author_name'?: never;
          'body'?: string | null;
          'client_id'?: string | null;
          'created_at'?: string | null;
          'id'?: string | null;
          'lead_id'?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'thread_notes_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'operator_threads';
            referencedColumns: ['lead_id'];
          },
        ];
      };
      'operator_threads': {
        Row: {
          'answered_at': string | null;
          'assigned_to': string | null;
          'assigned_to_name': string | null;
          'business_name': string | null;
          'campaign_id': string;
          'campaign_name': string;
          'city': string | null;
          'client_id': string;
          'client_name': string;
          'company_name': string | null;
          'done_at': string | null;
          'email': string;
          'first_name': string | null;
          'interest_status': Database['public']['Enums']['interest_status'] | null;
          'is_auto_reply': boolean;
          'is_declined': boolean | null;
          'is_hot': boolean | null;
          'is_snoozed': boolean | null;
          'last_name': string | null;
          'last_reply_at': string;
          'lead_id': string;
          'message_id': string;
          'notes': number | null;
          'occurred_at': string;
          'ordered_at': string | null;
          'place': number | null;
          'replies': number;
          'reply_class': Database['public']['Enums']['reply_class'] | null;
          'reply_class_confidence': number | null;
          'reply_class_source': Database['public']['Enums']['reply_class_source'] | null;
          'reply_date': string | null;
          'snippet': string | null;
          'snoozed_until': string | null;
          'state': string | null;
          'subject': string | null;
          'verdict': Database['public']['Enums']['reply_verdict'] | null;
          'verdict_at': string | null;
          'verdict_by': string | null;
          'verdict_note': string | null;
          'waiting_since': string | null;
          'written_by': string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'threads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_costs';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'threads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'threads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'threads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'client_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'threads_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'operator_campaigns';
            referencedColumns: ['campaign_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'threads_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'crm_leads';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'threads_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'lead_timeline';
            referencedColumns: ['lead_id'];
          },
          {
            foreignKeyName: 'threads_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'synced_leads';
            referencedColumns: ['id'];
          },
        ];
      };
      'outgoing_log': {
        Row: {
          'attempts': number;
          'client_id': string | null;
          'client_name': string | null;
          'delivered_at': string | null;
          'duration_ms': number | null;
          'endpoint_id': string;
          'endpoint_name': string;
          'event_id': string;
          'last_answer': string | null;
          'last_attempt_at': string | null;
          'last_error': string | null;
          'last_status': number | null;
          'next_attempt_at': string | null;
          'occurred_at': string;
          'payload': Json | null;
          'state': Database['public']['Enums']['outgoing_state'];
          'type': Database['public']['Enums']['outgoing_event_type'];
          'wanted_at': string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'outgoing_deliveries_endpoint_id_fkey';
            columns: ['endpoint_id'];
            isOneToOne: false;
            referencedRelation: 'outgoing_endpoints';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'outgoing_events_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
      'provider_organizations': {
        Row: {
          'campaigns': number | null;
          'client_id': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'held_events': number | null;
          'id': string | null;
          'is_mapped': boolean | null;
          'provider': Database['public']['Enums']['provider'] | null;
          'provider_org_id': string | null;
          'provider_org_name': string | null;
          'unmapped_campaigns': number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'suppression_list': {
        Row: {
          'bounce_class': Database['public']['Enums']['bounce_class'] | null;
          'client_id': string | null;
          'client_name': string | null;
          'entry': string | null;
          'is_domain': boolean | null;
          'note': string | null;
          'reason': Database['public']['Enums']['suppression_reason'] | null;
          'suppressed_at': string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'unmapped_campaigns': {
        Row: {
          'client_id': string | null;
          'connection_id': string | null;
          'connection_name': string | null;
          'first_event_at': string | null;
          'held_events': number | null;
          'id': string | null;
          'last_event_at': string | null;
          'name': string | null;
          'provider': Database['public']['Enums']['provider'] | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      'webhook_ledger': {
        Row: {
          'balanced': boolean | null;
          'client_id': string | null;
          'connection_id': string;
          'connection_name': string;
          'day': string | null;
          'dead': number | null;
          'duplicate': number | null;
          'erased': number | null;
          'projected': number | null;
          'quarantined': number | null;
          'received': number | null;
          'test': number | null;
          'waiting': number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_comparison';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_costs';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_overview';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_reply_times';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'client_standings';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'clients';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'day_rebuilds';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'message_stats';
            referencedColumns: ['client_id'];
          },
          {
            foreignKeyName: 'provider_connections_client_id_fkey';
            columns: ['client_id'];
            isOneToOne: false;
            referencedRelation: 'operator_clients';
            referencedColumns: ['client_id'];
          },
        ];
      };
    };
    Functions: {
      'acknowledge_alerts': {
        Args: { 'ids': (string)[]; 'note'?: string; 'undo'?: boolean };
        Returns: number;
      };
      'add_suppressions': {
        Args: {
          'entries': (string)[];
          'note'?: string;
          'reason'?: Database['public']['Enums']['suppression_reason'];
          'target_client_id'?: string;
        };
        Returns: Json;
      };
      'add_thread_note': { Args: { 'note': string; 'target_lead_id': string }; Returns: string };
      'answer_approval': {
        Args: { 'answer': string; 'approval_id': string; 'comment'?: string };
        Returns: Json;
      };
      'answer_draft': { Args: { 'target_message_id': string }; Returns: Json };
      'archive_client': { Args: { 'target_client_id': string }; Returns: Json };
      'campaign_approval': { Args: { 'target_campaign_id': string }; Returns: string };
      'campaigns_between': {
        Args: { 'from_day': string; 'only_client'?: string; 'to_day': string };
        Returns: {
          'auto_replies': number;
          'bounced': number;
          'campaign_id': string;
          'clicked': number;
          'client_id': string;
          'contacted': number;
          'enough_signal': boolean;
          'is_best': boolean;
          'meetings': number;
          'name': string;
          'opened': number;
          'positive': number;
          'positive_rate': number;
          'positive_rate_change': number;
          'previous_bounced': number;
          'previous_clicked': number;
          'previous_contacted': number;
          'previous_meetings': number;
          'previous_opened': number;
          'previous_positive': number;
          'previous_positive_rate': number;
          'previous_replied': number;
          'previous_reply_rate': number;
          'previous_sent': number;
          'rank': number;
          'replied': number;
          'reply_rate': number;
          'sent': number;
          'unsubscribed': number;
        }[];
      };
      'change_agency': { Args: { 'settings': Json }; Returns: Json };
      'change_campaign': {
        Args: { 'new_connection_id'?: string; 'settings': Json; 'target_campaign_id': string };
        Returns: Json;
      };
      'change_client': { Args: { 'settings': Json; 'target_client_id': string }; Returns: Json };
      'change_my_notifications': { Args: { 'settings': Json }; Returns: Json };
      'change_report_settings': { Args: { 'settings': Json; 'target_client_id': string }; Returns: Json };
      'change_retention': { Args: { 'keep_days': number; 'of_kind': string }; Returns: Json };
      'change_thread': { Args: { 'changes': Json; 'target_lead_id': string }; Returns: Json };
      'classify_reply': {
        Args: { 'new_class': string; 'new_date'?: string; 'target_message_id': string };
        Returns: Json;
      };
      'create_campaign': {
        Args: {
          'name': string;
          'settings'?: Json;
          'target_client_id': string;
          'target_connection_id': string;
        };
        Returns: Json;
      };
      'create_client': { Args: { 'settings': Json }; Returns: Json };
      'create_report_link': {
        Args: {
          'expires_in_days'?: number;
          'label'?: string;
          'password'?: string;
          'target_report_id': string;
        };
        Returns: Json;
      };
      'daily_stats_between': {
        Args: { 'from_day': string; 'only_campaign'?: string; 'only_client'?: string; 'to_day': string };
        Returns: {
          'auto_replies': number;
          'bounced': number;
          'clicked': number;
          'contacted': number;
          'day': string;
          'day_zone': string;
          'meetings': number;
          'opened': number;
          'positive': number;
          'provider_zone': string;
          'replied': number;
          'sent': number;
          'unsubscribed': number;
        }[];
      };
      'delete_campaign': { Args: { 'target_campaign_id': string }; Returns: Json };
      'delete_client': { Args: { 'confirm_name': string; 'target_client_id': string }; Returns: Json };
      'dismiss_dead_letters': {
        Args: {
          'dry_run'?: boolean;
          'ids'?: (number)[];
          'reason_like'?: string;
          'received_from'?: string;
          'received_to'?: string;
          'target_connection_id'?: string;
          'why': string;
        };
        Returns: Json;
      };
      'duplicate_campaign': { Args: { 'new_name'?: string; 'target_campaign_id': string }; Returns: Json };
      'goals_between': {
        Args: { 'from_month'?: string; 'only_client'?: string; 'to_month'?: string };
        Returns: {
          'client_id': string;
          'days_left': number;
          'days_over': number;
          'goal': number;
          'metric': Database['public']['Enums']['goal_metric'];
          'month': string;
          'pace': number;
          'reached': number;
          'state': Database['public']['Enums']['goal_state'];
        }[];
      };
      'hide_checklist': { Args: { 'hidden': boolean }; Returns: boolean };
      'holidays_between': {
        Args: { 'countries': (string)[]; 'from_day': string; 'to_day': string };
        Returns: {
          'country': string;
          'day': string;
          'name': string;
        }[];
      };
      'home_between': {
        Args: { 'from_day': string; 'to_day': string };
        Returns: {
          'active_campaigns': number;
          'behind': string;
          'client_id': string;
          'client_name': string;
          'contacted': number;
          'contacted_before': number;
          'created_at': string;
          'days_per_point': number;
          'enough_signal': boolean;
          'integration_enabled': boolean;
          'last_positive_at': string;
          'meetings': number;
          'meetings_before': number;
          'oldest_unanswered_at': string;
          'points': (number)[];
          'positive': number;
          'positive_before': number;
          'positive_rate': number;
          'positive_series': (number)[];
          'replied': number;
          'replied_before': number;
          'replied_series': (number)[];
          'reply_rate': number;
          'sent': number;
          'sent_before': number;
          'sent_series': (number)[];
          'unanswered': number;
        }[];
      };
      'import_sequence_templates': { Args: { 'templates': Json }; Returns: Json };
      'list_lead_variables': {
        Args: { 'target_campaign_id'?: string; 'target_client_id': string; 'target_import_id'?: string };
        Returns: {
          'name': string;
        }[];
      };
      'list_leads': {
        Args: {
          'below_key'?: string;
          'older_than'?: string;
          'page_size'?: number;
          'search'?: string;
          'target_campaign_id'?: string;
          'target_client_id': string;
          'target_email'?: string;
          'target_import_id'?: string;
          'with_state'?: string;
          'with_suppressed'?: boolean;
          'with_verification'?: Database['public']['Enums']['email_deliverability'];
        };
        Returns: {
          'business_id': string;
          'campaign_id': string;
          'campaign_name': string;
          'city': string;
          'click_count': number;
          'client_id': string;
          'client_name': string;
          'company_name': string;
          'created_at': string;
          'custom_variables': Json;
          'email': string;
          'email_as_written': string;
          'first_name': string;
          'import_id': string;
          'interest_status': Database['public']['Enums']['interest_status'];
          'is_role_address': boolean;
          'job_title': string;
          'key': string;
          'last_event_at': string;
          'last_name': string;
          'lead_id': string;
          'open_count': number;
          'phone': string;
          'recipient': Database['public']['Enums']['export_recipient'];
          'reply_count': number;
          'sent_count': number;
          'state': string;
          'suppressed_at': string;
          'suppressed_entry': string;
          'suppressed_for_all': boolean;
          'suppressed_note': string;
          'suppressed_reason': Database['public']['Enums']['suppression_reason'];
          'verification': Database['public']['Enums']['email_deliverability'];
          'website': string;
        }[];
      };
      'map_campaign': {
        Args: { 'target_campaign_id'?: string; 'target_client_id': string; 'unmapped_campaign_id': string };
        Returns: Json;
      };
      'map_organization': {
        Args: { 'target_client_id': string; 'target_organization_id': string };
        Returns: Json;
      };
      'my_notifications': { Args: Record<PropertyKey, never>; Returns: Json };
      'preview_retention': { Args: { 'keep_days': number; 'of_kind': string }; Returns: Json };
      'qualify_reply': {
        Args: {
          'new_verdict': string;
          'note'?: string;
          'push_to_provider'?: boolean;
          'target_message_id': string;
        };
        Returns: Json;
      };
      'record_cost': {
        Args: {
          'cost_amount': number;
          'cost_currency'?: string;
          'cost_kind': Database['public']['Enums']['cost_kind'];
          'note'?: string;
          'spent_on'?: string;
          'target_campaign_id'?: string;
          'target_client_id': string;
        };
        Returns: string;
      };
      'record_meeting': {
        Args: {
          'cleared'?: (string)[];
          'deal_currency'?: string;
          'deal_value'?: number;
          'happened_at'?: string;
          'is_another'?: boolean;
          'new_status': string;
          'note'?: string;
          'occurs_at'?: string;
          'target_lead_id': string;
          'target_meeting_id'?: string;
        };
        Returns: Json;
      };
      'remap_campaign': { Args: { 'target_campaign_id': string; 'target_client_id': string }; Returns: Json };
      'remove_businesses': { Args: { 'target_ids': (string)[] }; Returns: Json };
      'remove_cost': { Args: { 'cost_id': string }; Returns: Json };
      'remove_meeting': { Args: { 'target_meeting_id': string }; Returns: Json };
      'remove_sequence_template': { Args: { 'template_id': string }; Returns: boolean };
      'remove_suppression': {
        Args: { 'entry': string; 'target_client_id': string; 'why': string };
        Returns: Json;
      };
      'remove_thread_note': { Args: { 'target_lead_id': string; 'target_note_id': string }; Returns: string };
      'replay_dead_letters': {
        Args: {
          'dry_run'?: boolean;
          'ids'?: (number)[];
          'reason_like'?: string;
          'received_from'?: string;
          'received_to'?: string;
          'target_connection_id'?: string;
        };
        Returns: Json;
      };
      'reply_times': {
        Args: Record<PropertyKey, never>;
        Returns: {
          'answered': number;
          'answered_at_provider': number;
          'client_id': string;
          'median_seconds': number;
          'share_under_5_minutes': number;
        }[];
      };
      'report_settings': { Args: { 'target_client_id': string }; Returns: Json };
      'request_approval': { Args: { 'comment'?: string; 'target_campaign_id': string }; Returns: Json };
      'restore_client': { Args: { 'switch_on'?: boolean; 'target_client_id': string }; Returns: Json };
      'restore_dead_letters': { Args: { 'ids': (number)[] }; Returns: number };
      'retention_periods': {
        Args: Record<PropertyKey, never>;
        Returns: {
          'checked_at': string;
          'default_days': number;
          'keep_days': number;
          'kind': string;
          'minimum_days': number;
          'removed_at': string;
          'removed_in_all': number;
          'removed_rows': number;
        }[];
      };
      'revoke_report_link': { Args: { 'target_link_id': string }; Returns: boolean };
      'save_answer_draft': { Args: { 'draft': string; 'target_message_id': string }; Returns: string };
      'save_filter': {
        Args: { 'filter_name': string; 'new_filter': Json; 'of_page': string };
        Returns: Json;
      };
      'save_sequence_template': {
        Args: { 'description'?: string; 'name': string; 'sequence': Json; 'template_id'?: string };
        Returns: Json;
      };
      'saved_filters': { Args: { 'of_page': string }; Returns: Json };
      'search_messages': {
        Args: {
          'only_campaign'?: string;
          'only_client'?: string;
          'only_direction'?: string;
          'page_offset'?: number;
          'page_size'?: number;
          'query': string;
        };
        Returns: {
          'campaign_id': string;
          'campaign_name': string;
          'client_id': string;
          'direction': Database['public']['Enums']['message_direction'];
          'email': string;
          'highlight': string;
          'lead_id': string;
          'message_id': string;
          'occurred_at': string;
          'rank': number;
          'subject': string;
        }[];
      };
      'set_client_goals': { Args: { 'goals': Json; 'target_client_id': string }; Returns: Json };
      'set_client_integration': { Args: { 'enabled': boolean; 'target_client_id': string }; Returns: Json };
      'show_standings': { Args: { 'shown': boolean }; Returns: boolean };
      'stats_between': {
        Args: { 'from_day': string; 'only_campaign'?: string; 'only_client'?: string; 'to_day': string };
        Returns: Database['public']['CompositeTypes']['range_stats'][];
        SetofOptions: {
          from: '*';
          to: 'range_stats';
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
    };
    Enums: {
      'answer_state': 'sending' | 'sent' | 'failed' | 'unknown';
      'approval_state': 'requested' | 'approved' | 'changes_asked';
      'bounce_class': 'hard' | 'soft' | 'sender' | 'block';
      'compared_rate': 'reply_rate' | 'positive_rate' | 'meetings_per_1000';
      'connection_status': 'active' | 'paused' | 'invalid' | 'needs_plan';
      'cost_kind': 'scraping' | 'enrichment' | 'verification' | 'sending' | 'other';
      'crm_provider': 'hubspot';
      'email_account_status': 'active' | 'paused' | 'error' | 'suspended';
      'email_deliverability':
        | 'deliverable'
        | 'risky'
        | 'undeliverable'
        | 'unknown'
        | 'unverified'
        | 'not_found';
      'email_event_type':
        | 'email_sent'
        | 'email_delivered'
        | 'email_opened'
        | 'email_clicked'
        | 'reply_received'
        | 'auto_reply_received'
        | 'email_bounced'
        | 'email_spam_reported'
        | 'lead_unsubscribed'
        | 'lead_interested'
        | 'lead_meeting_booked'
        | 'lead_meeting_completed'
        | 'lead_closed'
        | 'lead_not_interested'
        | 'lead_wrong_person'
        | 'lead_lost'
        | 'lead_neutral'
        | 'lead_out_of_office'
        | 'lead_no_show'
        | 'lead_labelled'
        | 'lead_completed'
        | 'lead_error'
        | 'campaign_started'
        | 'campaign_paused'
        | 'campaign_completed'
        | 'account_error'
        | 'account_suspended'
        | 'enrichment_completed'
        | 'bounce_threshold_reached'
        | 'untracked_reply'
        | 'unknown';
      'endpoint_format': 'json' | 'slack' | 'teams';
      'export_outcome':
        | 'planned'
        | 'sending'
        | 'created'
        | 'duplicate'
        | 'blocked'
        | 'invalid'
        | 'skipped'
        | 'failed';
      'export_recipient': 'business' | 'linkedin_contact';
      'generation_status': 'pending' | 'running' | 'completed' | 'failed';
      'goal_metric': 'contacted' | 'positive_replies' | 'meetings';
      'goal_state': 'too_early' | 'on_track' | 'behind' | 'reached' | 'missed';
      'import_outcome':
        | 'imported'
        | 'updated'
        | 'duplicate_in_file'
        | 'in_campaign'
        | 'in_other_campaign'
        | 'suppressed'
        | 'no_address'
        | 'not_an_address'
        | 'unreadable';
      'import_status': 'running' | 'completed' | 'cancelled' | 'undoing' | 'undone';
      'import_verification': 'column' | 'declared_verified' | 'declared_unverified';
      'interest_status': 'positive' | 'neutral' | 'negative';
      'job_kind': 'export' | 'sync' | 'replay' | 'verdicts' | 'removal' | 'erase';
      'job_status': 'queued' | 'running' | 'paused' | 'completed' | 'partial' | 'failed';
      'lead_status': 'not_yet_emailed' | 'emailed' | 'bounced' | 'replied';
      'mail_frequency': 'at_once' | 'hourly' | 'daily';
      'mail_language': 'en' | 'nl' | 'de';
      'meeting_source': 'provider' | 'person' | 'crm';
      'meeting_status': 'booked' | 'held' | 'no_show' | 'cancelled' | 'won' | 'lost';
      'member_role': 'operator' | 'client';
      'message_direction': 'sent' | 'received';
      'message_source': 'webhook' | 'inbox' | 'answer';
      'outgoing_event_type':
        | 'reply.positive'
        | 'meeting.booked'
        | 'meeting.held'
        | 'meeting.won'
        | 'reply.verdict'
        | 'lead.unsubscribed'
        | 'email.bounced'
        | 'approval.requested'
        | 'approval.answered'
        | 'export.finished'
        | 'goal.behind'
        | 'connection.unhealthy'
        | 'mailbox.disconnected'
        | 'domain.unhealthy'
        | 'campaign.bounce_rate_high'
        | 'test';
      'outgoing_state': 'waiting' | 'delivered' | 'failed';
      'provider': 'instantly' | 'smartlead';
      'provider_campaign_status':
        | 'draft'
        | 'active'
        | 'paused'
        | 'completed'
        | 'running_subsequences'
        | 'accounts_unhealthy'
        | 'bounce_protect'
        | 'account_suspended'
        | 'deleted'
        | 'moved';
      'reply_class':
        | 'bounce'
        | 'out_of_office'
        | 'automatic'
        | 'unsubscribe'
        | 'referral'
        | 'wrong_person'
        | 'not_now'
        | 'not_interested'
        | 'question'
        | 'interested';
      'reply_class_source': 'rules' | 'model' | 'provider' | 'person';
      'reply_verdict': 'qualified' | 'not_interested' | 'neutral';
      'report_kind': 'weekly' | 'monthly';
      'standing': 'top' | 'upper' | 'middle' | 'lower' | 'bottom';
      'suppression_reason': 'unsubscribed' | 'bounced' | 'spam_report' | 'erased' | 'do_not_contact';
      'webhook_event_status':
        | 'pending'
        | 'projected'
        | 'duplicate'
        | 'quarantined'
        | 'test'
        | 'dead'
        | 'erased';
    };
    CompositeTypes: {
      'range_stats': {
        'client_id': string | null;
        'client_name': string | null;
        'from_day': string | null;
        'to_day': string | null;
        'sent': number | null;
        'contacted': number | null;
        'opened': number | null;
        'clicked': number | null;
        'replied': number | null;
        'bounced': number | null;
        'unsubscribed': number | null;
        'auto_replies': number | null;
        'positive': number | null;
        'meetings': number | null;
        'open_rate': number | null;
        'reply_rate': number | null;
        'click_rate': number | null;
        'bounce_rate': number | null;
        'positive_rate': number | null;
        'enough_signal': boolean | null;
        'as_of': string | null;
        'age_seconds': number | null;
        'time_zone': string | null;
        'rebuilding': boolean | null;
      };
    };
  };
  'worker': {
    Tables: {
      [_ in never]: never;
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      'add_import_rows': {
        Args: { 'chunk_number': number; 'given_rows': Json; 'target_import_id': string };
        Returns: Json;
      };
      'add_member': {
        Args: {
          'actor': string;
          'address': string;
          'is_new_account': boolean;
          'new_client_id': string;
          'new_role': Database['public']['Enums']['member_role'];
          'target_user_id': string;
        };
        Returns: Json;
      };
      'audit_connection': {
        Args: { 'actor': string; 'target_connection_id': string; 'what': string };
        Returns: undefined;
      };
      'block_rate_budget': {
        Args: { 'seconds': number; 'target_connection_id': string };
        Returns: undefined;
      };
      'book_model_requests': { Args: { 'wanted': number }; Returns: number };
      'change_member': {
        Args: {
          'actor': string;
          'address': string;
          'new_client_id': string;
          'new_role': Database['public']['Enums']['member_role'];
          'target_user_id': string;
        };
        Returns: Json;
      };
      'check_invitation': {
        Args: { 'new_client_id': string; 'new_role': Database['public']['Enums']['member_role'] };
        Returns: boolean;
      };
      'check_webhook_secrets': { Args: { 'presented': Json }; Returns: Json };
      'check_workspace_is_free': {
        Args: {
          'digest_hex': string;
          'names_holder': boolean;
          'of_provider': Database['public']['Enums']['provider'];
          'of_workspace_id': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'claim_job': { Args: { 'lease_seconds': number; 'target_job_id': string }; Returns: Json };
      'close_campaigns': { Args: { 'before': string; 'only_count'?: boolean }; Returns: number };
      'complete_messages': { Args: { 'mails': Json; 'target_connection_id': string }; Returns: number };
      'continue_job': { Args: { 'target_job_id': string }; Returns: boolean };
      'count_requests': { Args: { 'counted': Json }; Returns: Json };
      'describe_person': { Args: { 'address': string; 'scope': string }; Returns: Json };
      'end_import': {
        Args: {
          'chunks': number;
          'final_status': Database['public']['Enums']['import_status'];
          'requester': string;
          'target_import_id': string;
        };
        Returns: Json;
      };
      'erase_person_batch': {
        Args: { 'lease_seconds': number; 'target_job_id': string; 'token': string };
        Returns: string;
      };
      'find_erased': {
        Args: { 'lead_ids': (string)[]; 'of_client_id': string; 'written': (string)[] };
        Returns: Json;
      };
      'find_missing_facts': { Args: { 'facts': Json; 'target_connection_id': string }; Returns: Json };
      'find_person': { Args: { 'address'?: string; 'target_user_id'?: string }; Returns: Json };
      'finish_archive_part': { Args: { 'part_id': number; 'removed': number }; Returns: undefined };
      'finish_crm_read': {
        Args: {
          'failure': string;
          'is_complete': boolean;
          'refusal': string;
          'retry_after': number;
          'target_connection_id': string;
          'token': string;
        };
        Returns: undefined;
      };
      'finish_erasure': {
        Args: {
          'code': string;
          'final_status': Database['public']['Enums']['job_status'];
          'message': string;
          'providers': Json;
          'target_job_id': string;
          'token': string;
        };
        Returns: boolean;
      };
      'finish_job': {
        Args: {
          'code'?: string;
          'final_result': Json;
          'final_status': Database['public']['Enums']['job_status'];
          'message'?: string;
          'target_job_id': string;
          'token': string;
        };
        Returns: boolean;
      };
      'finish_lead_walk': { Args: { 'target_campaign_id': string }; Returns: number };
      'finish_placement_reading': {
        Args: {
          'new_error': string;
          'new_state': string;
          'target_connection_id': string;
          'tests_found': number;
        };
        Returns: undefined;
      };
      'forget_archive_file': { Args: { 'is_whole': boolean; 'part_id': number }; Returns: undefined };
      'forget_campaign_webhook': {
        Args: { 'of_provider_campaign_id': string; 'target_connection_id': string };
        Returns: undefined;
      };
      'forget_outage_leads': {
        Args: { 'except_emails': (string)[]; 'target_campaign_id': string };
        Returns: undefined;
      };
      'hold_archive': { Args: { 'holder': string }; Returns: string };
      'ingest_missing_events': {
        Args: { 'events': Json; 'found_in'?: string; 'target_connection_id': string };
        Returns: Json;
      };
      'ingest_missing_mails': { Args: { 'mails': Json; 'target_connection_id': string }; Returns: Json };
      'ingest_webhook_events': { Args: { 'deliveries': Json }; Returns: Json };
      'is_still_member': {
        Args: { 'claimed_client_id': string; 'claimed_role': string; 'target_user_id': string };
        Returns: boolean;
      };
      'keep_scheduled_report': {
        Args: {
          'of_kind': Database['public']['Enums']['report_kind'];
          'snapshot': Json;
          'target_client_id': string;
        };
        Returns: Json;
      };
      'let_archive_go': { Args: { 'holder': string }; Returns: undefined };
      'list_answers_to_read': { Args: { 'most': number; 'target_connection_id': string }; Returns: Json };
      'list_archive_parts': { Args: { 'after'?: number; 'which': string }; Returns: Json };
      'list_campaign_webhooks': { Args: { 'target_connection_id': string }; Returns: Json };
      'list_campaigns_without_webhook': {
        Args: { 'not_checked_since': string; 'target_connection_id': string };
        Returns: Json;
      };
      'list_closed_campaigns': { Args: Record<PropertyKey, never>; Returns: Json };
      'list_crm_tokens': { Args: { 'current_key_id': string }; Returns: Json };
      'list_due_reports': { Args: { 'most': number }; Returns: Json };
      'list_encrypted': { Args: { 'current_key_id': string }; Returns: Json };
      'list_erasure_connections': { Args: { 'erasure_job_id': string }; Returns: Json };
      'list_left_out': {
        Args: {
          'maximum': number;
          'target_campaign_id': string;
          'wanted_reason': string;
          'wanted_variable': string;
        };
        Returns: Json;
      };
      'list_moved_crm_deals': { Args: { 'deals': Json; 'target_connection_id': string }; Returns: Json };
      'list_outage_campaigns': { Args: { 'target_connection_id': string }; Returns: Json };
      'list_outgoing_secrets': { Args: { 'current_key_id': string }; Returns: Json };
      'list_removal_connections': { Args: { 'target_client_id': string }; Returns: Json };
      'list_sync_campaigns': {
        Args: { 'listed_since': string; 'target_client_id': string; 'target_connection_id': string };
        Returns: Json;
      };
      'list_unerased_parts': { Args: { 'after'?: number }; Returns: Json };
      'list_verdict_pushes': { Args: { 'target_connection_id': string }; Returns: Json };
      'next_archive_numbers': { Args: { 'of_kind': string; 'of_month': string }; Returns: Json };
      'next_export_batch': {
        Args: { 'batch_size': number; 'target_job_id': string; 'token': string; 'under_way'?: (number)[] };
        Returns: Json;
      };
      'note_model_use': {
        Args: { 'failed': number; 'last_failure': string; 'tokens_used': number };
        Returns: undefined;
      };
      'open_report_link': { Args: { 'digest': string; 'password': string }; Returns: Json };
      'plan_archive': { Args: { 'before': string }; Returns: Json };
      'postpone_report': {
        Args: {
          'error': string;
          'of_kind': Database['public']['Enums']['report_kind'];
          'target_client_id': string;
        };
        Returns: undefined;
      };
      'preview_export': { Args: { 'target_campaign_id': string }; Returns: Json };
      'process_webhook_events': {
        Args: { 'batch_size'?: number; 'connections'?: (string)[]; 'positions'?: Json };
        Returns: Json;
      };
      'push_crm_lead': { Args: { 'actor': string; 'target_lead_id': string }; Returns: string };
      'read_agency': { Args: Record<PropertyKey, never>; Returns: Json };
      'read_agency_logo': { Args: Record<PropertyKey, never>; Returns: string };
      'read_archivable': {
        Args: { 'after': Json; 'most': number; 'of_kind': string; 'of_month': string };
        Returns: Json;
      };
      'read_campaign_lead': {
        Args: { 'target_campaign_id': string; 'target_lead_id': string };
        Returns: Json;
      };
      'read_campaign_outage': { Args: { 'target_campaign_id': string }; Returns: Json };
      'read_connection': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_crm_connection': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_ended_outage_leads': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_export_campaign': { Args: { 'target_campaign_id': string }; Returns: Json };
      'read_export_connection': { Args: { 'target_campaign_id': string }; Returns: string };
      'read_export_organization': { Args: { 'target_campaign_id': string }; Returns: string };
      'read_exported_campaign': { Args: { 'target_campaign_id': string }; Returns: Json };
      'read_health': { Args: Record<PropertyKey, never>; Returns: Json };
      'read_import': { Args: { 'target_import_id': string }; Returns: Json };
      'read_job': { Args: { 'target_job_id': string }; Returns: Json };
      'read_mail_identity': { Args: Record<PropertyKey, never>; Returns: Json };
      'read_mail_settings': { Args: Record<PropertyKey, never>; Returns: Json };
      'read_own_address': { Args: { 'target_user_id': string }; Returns: string };
      'read_pause': { Args: { 'target_pause_id': string }; Returns: Json };
      'read_person': {
        Args: { 'address': string; 'at': Json; 'scope': string; 'with_rows': boolean };
        Returns: Json;
      };
      'read_provider_lead_ids': {
        Args: { 'emails': (string)[]; 'target_campaign_id': string };
        Returns: Json;
      };
      'read_provider_webhook': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_reply_model': { Args: Record<PropertyKey, never>; Returns: Json };
      'read_report_facts': {
        Args: {
          'draft': Json;
          'of_day': string;
          'of_kind': Database['public']['Enums']['report_kind'];
          'target_client_id': string;
        };
        Returns: Json;
      };
      'read_report_mails': { Args: { 'target_report_id': string }; Returns: Json };
      'read_signature_secret': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_sync_position': {
        Args: { 'target_connection_id': string; 'target_source': string };
        Returns: Json;
      };
      'read_thread_for_draft': { Args: { 'most': number; 'target_message_id': string }; Returns: Json };
      'read_webhook_outage': { Args: { 'target_connection_id': string }; Returns: Json };
      'read_webhook_secret': { Args: { 'target_connection_id': string }; Returns: Json };
      'rearm_answer': {
        Args: {
          'new_subject': string;
          'new_text': string;
          'quoted': boolean;
          'target_answer_id': string;
          'token': string;
        };
        Returns: boolean;
      };
      'rebuild_archived_month': {
        Args: { 'archived': Json; 'from_day': string; 'only_compare'?: boolean };
        Returns: Json;
      };
      'rebuild_closed_campaigns': {
        Args: { 'archived': Json; 'campaign_ids': (string)[]; 'only_compare'?: boolean };
        Returns: Json;
      };
      'rebuild_rollups': {
        Args: {
          'at': Json;
          'most_events'?: number;
          'only_compare'?: boolean;
          'share'?: number;
          'shares'?: number;
        };
        Returns: Json;
      };
      'record_activated_campaign': { Args: { 'target_campaign_id': string }; Returns: undefined };
      'record_answer': {
        Args: {
          'at'?: string;
          'code'?: string;
          'html'?: string;
          'mail_id'?: string;
          'message'?: string;
          'result': string;
          'target_answer_id': string;
          'token': string;
        };
        Returns: Json;
      };
      'record_archive_part': { Args: { 'part': Json }; Returns: number };
      'record_campaign_act': {
        Args: { 'act': string; 'actor': string; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_campaign_analytics': {
        Args: { 'days': Json; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_campaign_steps': { Args: { 'steps': Json; 'target_campaign_id': string }; Returns: undefined };
      'record_campaign_synced': {
        Args: { 'fingerprint': string; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_campaign_totals': { Args: { 'totals': Json }; Returns: undefined };
      'record_campaign_webhook': {
        Args: {
          'new_provider_webhook_id': string;
          'of_provider_campaign_id': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'record_crm_deals': {
        Args: { 'deals': Json; 'target_connection_id': string; 'token': string; 'until': string };
        Returns: number;
      };
      'record_crm_pushes': { Args: { 'results': Json }; Returns: number };
      'record_deleted_campaigns': {
        Args: { 'listed_since': string; 'target_connection_id': string };
        Returns: number;
      };
      'record_domain_listings': {
        Args: { 'reports': Json; 'target_connection_id': string };
        Returns: number;
      };
      'record_domain_vitals': { Args: { 'target_connection_id': string; 'vitals': Json }; Returns: number };
      'record_email_account_days': {
        Args: { 'days': Json; 'emails': (string)[]; 'target_connection_id': string };
        Returns: number;
      };
      'record_email_account_warmup': {
        Args: { 'target_connection_id': string; 'warmups': Json };
        Returns: number;
      };
      'record_email_accounts': { Args: { 'listed': Json; 'target_connection_id': string }; Returns: Json };
      'record_erased_part': {
        Args: { 'part_id': number; 'until': string; 'written': Json };
        Returns: undefined;
      };
      'record_export_batch': {
        Args: { 'lease_seconds': number; 'outcomes': Json; 'target_job_id': string; 'token': string };
        Returns: Json;
      };
      'record_exported_campaign': {
        Args: { 'campaign_name': string; 'new_provider_campaign_id': string; 'target_campaign_id': string };
        Returns: undefined;
      };
      'record_invitation': {
        Args: { 'actor': string; 'address': string; 'target_user_id': string; 'what': string };
        Returns: undefined;
      };
      'record_lead_removed': {
        Args: { 'actor': string; 'target_campaign_id': string; 'target_lead_id': string };
        Returns: undefined;
      };
      'record_leads': { Args: { 'leads': Json; 'target_campaign_id': string }; Returns: number };
      'record_leads_left': {
        Args: { 'leads_left': number; 'target_connection_id': string };
        Returns: undefined;
      };
      'record_mails': { Args: { 'results': Json }; Returns: number };
      'record_message_contents': { Args: { 'contents': Json }; Returns: undefined };
      'record_model_answers': { Args: { 'answers': Json }; Returns: undefined };
      'record_outage_leads': { Args: { 'leads': Json; 'target_campaign_id': string }; Returns: number };
      'record_outgoing': { Args: { 'results': Json }; Returns: number };
      'record_pause': {
        Args: { 'message'?: string; 'step': string; 'target_pause_id': string };
        Returns: string;
      };
      'record_person_read': { Args: { 'requester': string; 'scope': string }; Returns: undefined };
      'record_placement_results': {
        Args: { 'results': Json; 'since': string; 'target_connection_id': string };
        Returns: number;
      };
      'record_provider_answers': {
        Args: { 'mails': Json; 'read_lead_ids'?: (string)[]; 'target_connection_id': string };
        Returns: number;
      };
      'record_provider_api_calls': { Args: { 'calls': Json }; Returns: number };
      'record_provider_campaigns': {
        Args: { 'listed': Json; 'target_connection_id': string };
        Returns: Json;
      };
      'record_provider_labels': { Args: { 'labels': Json; 'target_connection_id': string }; Returns: number };
      'record_provider_organizations': {
        Args: { 'listed': Json; 'target_connection_id': string };
        Returns: number;
      };
      'record_provider_webhook': {
        Args: {
          'new_provider_webhook_id': string;
          'new_state': string;
          'new_url': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'record_redelivery': {
        Args: {
          'failed_around': number;
          'looked_until': string;
          'of_provider_campaign_id': string;
          'target_connection_id': string;
          'was_needed': boolean;
        };
        Returns: undefined;
      };
      'record_reply_opinions': { Args: { 'opinions': Json }; Returns: undefined };
      'record_report_mails': { Args: { 'results': Json }; Returns: number };
      'record_sending_domains': { Args: { 'results': Json }; Returns: number };
      'record_verdict_push': {
        Args: { 'asked': string; 'failure': string; 'target_lead_id': string };
        Returns: boolean;
      };
      'record_webhook_outage': {
        Args: { 'off_since': string; 'target_connection_id': string; 'webhook_state': string };
        Returns: undefined;
      };
      'record_workspace': {
        Args: { 'found_id': string; 'found_name': string; 'target_connection_id': string };
        Returns: undefined;
      };
      'release_job': {
        Args: {
          'code'?: string;
          'message'?: string;
          'retry_after_seconds': number;
          'target_job_id': string;
          'token': string;
        };
        Returns: boolean;
      };
      'remove_archived': { Args: { 'of_kind': string; 'written': Json }; Returns: number };
      'remove_client_batch': {
        Args: { 'lease_seconds': number; 'most': number; 'target_job_id': string; 'token': string };
        Returns: Json;
      };
      'remove_connection': { Args: { 'target_connection_id': string }; Returns: undefined };
      'remove_crm': { Args: { 'actor': string; 'target_connection_id': string }; Returns: undefined };
      'remove_endpoint': { Args: { 'actor': string; 'target_endpoint_id': string }; Returns: undefined };
      'remove_member': {
        Args: { 'actor': string; 'address': string; 'target_user_id': string };
        Returns: Json;
      };
      'reopen_campaign': { Args: { 'target_campaign_id': string }; Returns: number };
      'replace_crm_tokens': { Args: { 'reencrypted': Json }; Returns: number };
      'replace_encrypted': { Args: { 'reencrypted': Json }; Returns: number };
      'replace_model_key': {
        Args: { 'encrypted': string; 'encrypted_before': string; 'key_id': string };
        Returns: number;
      };
      'replace_outgoing_secrets': { Args: { 'reencrypted': Json }; Returns: number };
      'replay_outgoing': {
        Args: {
          'actor': string;
          'failed_since': string;
          'target_endpoint_id': string;
          'target_event_id': string;
        };
        Returns: number;
      };
      'report_archive_erasures': { Args: Record<PropertyKey, never>; Returns: number };
      'request_erasure': {
        Args: { 'address': string; 'block': boolean; 'requester': string; 'scope': string };
        Returns: Json;
      };
      'request_export': {
        Args: { 'activate': boolean; 'requester': string; 'target_campaign_id': string };
        Returns: Json;
      };
      'request_replay': {
        Args: {
          'replay_from': string;
          'replay_to': string;
          'requester': string;
          'target_connection_id': string;
        };
        Returns: Json;
      };
      'request_sync': {
        Args: {
          'read_everything': boolean;
          'requester': string;
          'target_client_id': string;
          'target_connection_id': string;
        };
        Returns: Json;
      };
      'reserve_answer': {
        Args: {
          'actor': string;
          'confirmations': (string)[];
          'lease_seconds': number;
          'new_subject': string;
          'new_text': string;
          'quoted': boolean;
          'target_answer_id': string;
          'target_reply_id': string;
        };
        Returns: Json;
      };
      'restore_archived_events': { Args: { 'events': Json }; Returns: number };
      'retry_crm_pushes': {
        Args: {
          'actor': string;
          'failed_since': string;
          'target_connection_id': string;
          'target_push_id': string;
        };
        Returns: number;
      };
      'rotate_endpoint_secret': {
        Args: { 'actor': string; 'encrypted': string; 'key_id': string; 'target_endpoint_id': string };
        Returns: Json;
      };
      'save_connection': {
        Args: { 'actor': string; 'saved': Json; 'target_connection_id': string };
        Returns: Json;
      };
      'save_crm_connection': {
        Args: { 'actor': string; 'saved': Json; 'target_connection_id': string };
        Returns: Json;
      };
      'save_endpoint': {
        Args: { 'actor': string; 'saved': Json; 'target_endpoint_id': string };
        Returns: Json;
      };
      'save_job': {
        Args: { 'checkpoint': Json; 'lease_seconds': number; 'target_job_id': string; 'token': string };
        Returns: string;
      };
      'save_logo': {
        Args: {
          'actor': string;
          'image': string;
          'mail_url': string;
          'target_client_id': string;
          'version': string;
        };
        Returns: undefined;
      };
      'save_mail_settings': { Args: { 'actor': string; 'saved': Json }; Returns: undefined };
      'save_outage_mails': { Args: { 'new_position': Json; 'outage_id': number }; Returns: undefined };
      'save_provider_secret': {
        Args: {
          'digest_hex': string;
          'encrypted': string;
          'key_id': string;
          'secret_origin': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'save_reply_model': { Args: { 'actor': string; 'saved': Json }; Returns: undefined };
      'save_sync_position': {
        Args: { 'new_position': Json; 'target_connection_id': string; 'target_source': string };
        Returns: undefined;
      };
      'save_webhook_secret': {
        Args: {
          'digest_hex': string;
          'encrypted': string;
          'grace_seconds': number;
          'key_id': string;
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'send_report': {
        Args: {
          'actor': string;
          'of_kind': Database['public']['Enums']['report_kind'];
          'recipient_ids': (string)[];
          'snapshot': Json;
          'target_client_id': string;
        };
        Returns: Json;
      };
      'set_connection_paused': {
        Args: { 'paused': boolean; 'target_connection_id': string };
        Returns: undefined;
      };
      'set_connection_status': {
        Args: {
          'new_status': Database['public']['Enums']['connection_status'];
          'target_connection_id': string;
        };
        Returns: undefined;
      };
      'settle_closed_campaigns': { Args: { 'closed_before': string }; Returns: number };
      'settle_webhook_outage': { Args: { 'outage_id': number }; Returns: undefined };
      'settle_webhook_rotation': { Args: { 'target_connection_id': string }; Returns: number };
      'start_endpoint_test': {
        Args: { 'actor': string; 'lease_seconds': number; 'target_endpoint_id': string };
        Returns: Json;
      };
      'start_first_sync': { Args: { 'requester': string; 'target_connection_id': string }; Returns: Json };
      'start_import': {
        Args: { 'requester': string; 'settings': Json; 'target_campaign_id': string };
        Returns: Json;
      };
      'start_lead_walk': { Args: { 'is_whole': boolean; 'target_campaign_id': string }; Returns: undefined };
      'start_placement_reading': {
        Args: { 'is_full': boolean; 'target_connection_id': string };
        Returns: Json;
      };
      'stop_notifications': { Args: { 'token': string }; Returns: boolean };
      'stop_reports': { Args: { 'token': string }; Returns: boolean };
      'switch_crm': {
        Args: { 'actor': string; 'is_on': boolean; 'target_connection_id': string };
        Returns: Json;
      };
      'switch_endpoint': {
        Args: { 'actor': string; 'is_on': boolean; 'target_endpoint_id': string };
        Returns: Json;
      };
      'take_answer_in_doubt': {
        Args: { 'lease_seconds': number; 'target_answer_id': string };
        Returns: Json;
      };
      'take_crm_pushes': { Args: { 'batch_size': number; 'lease_seconds': number }; Returns: Json };
      'take_crm_reader': { Args: { 'lease_seconds': number }; Returns: Json };
      'take_mails': { Args: { 'batch_size': number; 'lease_seconds': number }; Returns: Json };
      'take_message_contents': { Args: { 'batch_size': number }; Returns: Json };
      'take_model_questions': { Args: { 'batch_size': number }; Returns: Json };
      'take_outgoing': { Args: { 'batch_size': number; 'lease_seconds': number }; Returns: Json };
      'take_rate_budget': {
        Args: {
          'bucket': string;
          'finished'?: Json;
          'priority': string;
          'target_connection_id': string;
          'wanted': number;
        };
        Returns: Json;
      };
      'take_report_mails': {
        Args: { 'batch_size': number; 'lease_seconds': number; 'only_report': string };
        Returns: Json;
      };
      'take_sending_domains': { Args: { 'batch_size': number }; Returns: Json };
      'undo_import': {
        Args: { 'requester': string; 'step_size': number; 'target_import_id': string };
        Returns: Json;
      };
      'withdraw_export': {
        Args: { 'code': string; 'message': string; 'target_job_id': string };
        Returns: undefined;
      };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof (
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views']
    )
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals } ? (
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views']
  )[TableName] extends {
    Row: infer R;
  } ? R
  : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R;
    } ? R
    : never
  : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
    Insert: infer I;
  } ? I
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I;
    } ? I
    : never
  : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
    Update: infer U;
  } ? U
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U;
    } ? U
    : never
  : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
  : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
  : never;

export const Constants = {
  'public': {
    Enums: {
      'answer_state': ['sending', 'sent', 'failed', 'unknown'],
      'approval_state': ['requested', 'approved', 'changes_asked'],
      'bounce_class': ['hard', 'soft', 'sender', 'block'],
      'compared_rate': ['reply_rate', 'positive_rate', 'meetings_per_1000'],
      'connection_status': ['active', 'paused', 'invalid', 'needs_plan'],
      'cost_kind': ['scraping', 'enrichment', 'verification', 'sending', 'other'],
      'crm_provider': ['hubspot'],
      'email_account_status': ['active', 'paused', 'error', 'suspended'],
      'email_deliverability': ['deliverable', 'risky', 'undeliverable', 'unknown', 'unverified', 'not_found'],
      'email_event_type': [
        'email_sent',
        'email_delivered',
        'email_opened',
        'email_clicked',
        'reply_received',
        'auto_reply_received',
        'email_bounced',
        'email_spam_reported',
        'lead_unsubscribed',
        'lead_interested',
        'lead_meeting_booked',
        'lead_meeting_completed',
        'lead_closed',
        'lead_not_interested',
        'lead_wrong_person',
        'lead_lost',
        'lead_neutral',
        'lead_out_of_office',
        'lead_no_show',
        'lead_labelled',
        'lead_completed',
        'lead_error',
        'campaign_started',
        'campaign_paused',
        'campaign_completed',
        'account_error',
        'account_suspended',
        'enrichment_completed',
        'bounce_threshold_reached',
        'untracked_reply',
        'unknown',
      ],
      'endpoint_format': ['json', 'slack', 'teams'],
      'export_outcome': [
        'planned',
        'sending',
        'created',
        'duplicate',
        'blocked',
        'invalid',
        'skipped',
        'failed',
      ],
      'export_recipient': ['business', 'linkedin_contact'],
      'generation_status': ['pending', 'running', 'completed', 'failed'],
      'goal_metric': ['contacted', 'positive_replies', 'meetings'],
      'goal_state': ['too_early', 'on_track', 'behind', 'reached', 'missed'],
      'import_outcome': [
        'imported',
        'updated',
        'duplicate_in_file',
        'in_campaign',
        'in_other_campaign',
        'suppressed',
        'no_address',
        'not_an_address',
        'unreadable',
      ],
      'import_status': ['running', 'completed', 'cancelled', 'undoing', 'undone'],
      'import_verification': ['column', 'declared_verified', 'declared_unverified'],
      'interest_status': ['positive', 'neutral', 'negative'],
      'job_kind': ['export', 'sync', 'replay', 'verdicts', 'removal', 'erase'],
      'job_status': ['queued', 'running', 'paused', 'completed', 'partial', 'failed'],
      'lead_status': ['not_yet_emailed', 'emailed', 'bounced', 'replied'],
      'mail_frequency': ['at_once', 'hourly', 'daily'],
      'mail_language': ['en', 'nl', 'de'],
      'meeting_source': ['provider', 'person', 'crm'],
      'meeting_status': ['booked', 'held', 'no_show', 'cancelled', 'won', 'lost'],
      'member_role': ['operator', 'client'],
      'message_direction': ['sent', 'received'],
      'message_source': ['webhook', 'inbox', 'answer'],
      'outgoing_event_type': [
        'reply.positive',
        'meeting.booked',
        'meeting.held',
        'meeting.won',
        'reply.verdict',
        'lead.unsubscribed',
        'email.bounced',
        'approval.requested',
        'approval.answered',
        'export.finished',
        'goal.behind',
        'connection.unhealthy',
        'mailbox.disconnected',
        'domain.unhealthy',
        'campaign.bounce_rate_high',
        'test',
      ],
      'outgoing_state': ['waiting', 'delivered', 'failed'],
      'provider': ['instantly', 'smartlead'],
      'provider_campaign_status': [
        'draft',
        'active',
        'paused',
        'completed',
        'running_subsequences',
        'accounts_unhealthy',
        'bounce_protect',
        'account_suspended',
        'deleted',
        'moved',
      ],
      'reply_class': [
        'bounce',
        'out_of_office',
        'automatic',
        'unsubscribe',
        'referral',
        'wrong_person',
        'not_now',
        'not_interested',
        'question',
        'interested',
      ],
      'reply_class_source': ['rules', 'model', 'provider', 'person'],
      'reply_verdict': ['qualified', 'not_interested', 'neutral'],
      'report_kind': ['weekly', 'monthly'],
      'standing': ['top', 'upper', 'middle', 'lower', 'bottom'],
      'suppression_reason': ['unsubscribed', 'bounced', 'spam_report', 'erased', 'do_not_contact'],
      'webhook_event_status': ['pending', 'projected', 'duplicate', 'quarantined', 'test', 'dead', 'erased'],
    },
  },
  'worker': {
    Enums: {},
  },
} as const;
